import type { Browser, Page } from '@playwright/test';
import { demoHeaders, demoSecrets } from '#engine/testing/demo-world/demo-secrets.ts';
import { lastReceived } from '#e2e/support/far-end.ts';
import type { GestureCounts } from '#e2e/support/gestures.ts';
import { memberReturn, priceOf, strangersReturn } from '#e2e/support/stranger-documents.ts';
import { shopProducts } from '#e2e/support/stranger-setting.ts';
import { startN8nEditor } from '../n8n.ts';
import { arrived, expected, type Flow } from './flows.ts';
import { N8nEditor } from './n8n-editor.ts';
import { orderInN8n } from './n8n-order.ts';
import { productsInN8n } from './n8n-products.ts';
import { returnInN8n } from './n8n-return.ts';

interface Given {
  browser: Browser;
  demoUrl: string;
  /** Text of the order both editors are shown. */
  order: string;
  /** Where n8n is, or will be, installed. */
  folder: string;
  say(line: string): void;
}

type N8n = Awaited<ReturnType<typeof startN8nEditor>>;

/** Builds the same three flows in n8n's own editor, sends each a real event, and looks at what arrives. Credentials and the table of prices are there before, as in ours. */
export async function countInN8n({ browser, demoUrl, order, folder, say }: Given): Promise<Record<Flow, GestureCounts>> {
  say('n8n: starting');
  const n8n = await startN8nEditor(folder);
  try {
    await prepare(n8n);
    const count = async (flow: Flow, build: (editor: N8nEditor) => Promise<void>, after: (page: Page) => Promise<void>): Promise<GestureCounts> => {
      say(`n8n: ${flow}`);
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      await n8n.signIn(page);
      const editor = new N8nEditor(page);
      await editor.begin(n8n.url);
      let before = await lastReceived(demoUrl);
      try {
        // Products are sent while they are built: the last click runs the flow.
        await build(editor);
        if (flow !== 'products') before = await lastReceived(demoUrl);
        await after(page);
        await arrived(demoUrl, before, expected(flow, order));
      } catch (error) {
        await page.screenshot({ path: `${folder}/n8n-${flow}.png` });
        throw error;
      }
      await context.close();
      return { ...editor.hand.counts };
    };
    return {
      order: await count('order', (editor) => orderInN8n(editor, { demoUrl, send: (url) => post(url, order) }), (page) => deliver(n8n, page, [order])),
      return: await count(
        'return',
        (editor) => returnInN8n(editor, { demoUrl, send: (url) => post(url, JSON.stringify(memberReturn)) }),
        (page) => deliver(n8n, page, [JSON.stringify(memberReturn), JSON.stringify(strangersReturn)]),
      ),
      products: await count('products', (editor) => productsInN8n(editor, { demoUrl }), () => Promise.resolve()),
    };
  } finally {
    await n8n.stop();
  }
}

export async function prepare(n8n: N8n): Promise<void> {
  const { erpToken, shopToken, loyaltyKey } = demoSecrets.nordlicht;
  await n8n.post('/rest/credentials', { name: 'Demo ERP', type: 'httpBearerAuth', data: { token: erpToken } });
  await n8n.post('/rest/credentials', { name: 'Demo shop', type: 'httpHeaderAuth', data: { name: demoHeaders.shop, value: shopToken } });
  await n8n.post('/rest/credentials', { name: 'Demo loyalty', type: 'httpHeaderAuth', data: { name: demoHeaders.loyalty, value: loyaltyKey } });
  const { id: project } = await n8n.get<{ id: string }>('/rest/projects/personal');
  const columns = [{ name: 'sku', type: 'string' }, { name: 'price', type: 'string' }];
  const { id } = await n8n.post<{ id: string }>(`/rest/projects/${project}/data-tables`, { name: 'Prices', columns });
  const rows = shopProducts().flatMap(({ variants }) => variants.map(({ sku }) => ({ sku, price: priceOf(sku) })));
  await n8n.post(`/rest/projects/${project}/data-tables/${id}/insert`, { data: rows });
}

/** Posts events to the address of the published workflow that is open. */
export async function deliver(n8n: N8n, page: Page, bodies: readonly string[]): Promise<void> {
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const { nodes } = await n8n.get<{ nodes: { parameters: { path?: string } }[] }>(`/rest/workflows/${id}`);
  const path = nodes.flatMap(({ parameters }) => parameters.path ?? []).at(0);
  for (const body of bodies) await post(`${n8n.url}/webhook/${path ?? ''}`, body);
}

export async function post(url: string, body: string): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
}
