import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { mutate, query } from '#e2e/support/api.ts';
import { byKeys } from '#e2e/support/by-keys.ts';
import { byMouse } from '#e2e/support/by-mouse.ts';
import { lastReceived } from '#e2e/support/far-end.ts';
import type { GestureCounts } from '#e2e/support/gestures.ts';
import { signIn } from '#e2e/support/people.ts';
import { sendAsShop } from '#e2e/support/shop.ts';
import { memberReturn, strangersReturn } from '#e2e/support/stranger-documents.ts';
import { orderByStranger } from '#e2e/support/stranger-order.ts';
import { productsByStranger } from '#e2e/support/stranger-products.ts';
import { returnByStranger } from '#e2e/support/stranger-return.ts';
import { makePriceTable, openEmptyFlow, shopSecret } from '#e2e/support/stranger-setting.ts';
import { Stranger } from '#e2e/support/stranger.ts';
import { arrived, expected, type Flow } from './flows.ts';

interface Given {
  browser: Browser;
  webUrl: string;
  demoUrl: string;
  /** Text of the order both editors are shown. */
  order: string;
  way: 'mouse' | 'keyboard';
  say(line: string): void;
}

/** Builds the three flows in our designer, sends each a real event, and looks at what arrives. */
export async function countInWeft({ browser, webUrl, demoUrl, order, way, say }: Given): Promise<Record<Flow, GestureCounts>> {
  const context = await browser.newContext({ baseURL: webUrl, viewport: { width: 1440, height: 900 }, locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(`${webUrl}/sign-in`);
  await signIn(page, 'consultant@harbor.example');
  await makePriceTable(page);
  const count = async (flow: Flow, build: (stranger: Stranger) => Promise<void>, send: (flowId: string) => Promise<void>): Promise<GestureCounts> => {
    say(`Weft, ${way}: ${flow}`);
    const flowId = await openEmptyFlow(page, `Counted ${flow} by ${way}`);
    const stranger = new Stranger(page, way === 'mouse' ? byMouse : byKeys);
    await build(stranger);
    const before = await lastReceived(demoUrl);
    await send(flowId);
    await arrived(demoUrl, before, expected(flow, order));
    return { ...stranger.hand.counts };
  };
  const counts = {
    order: await count('order', (stranger) => orderByStranger(stranger, { demoUrl, event: order }), (flowId) => deliver(page, flowId, [order])),
    return: await count(
      'return',
      (stranger) => returnByStranger(stranger, { demoUrl, event: JSON.stringify(memberReturn, null, 2) }),
      (flowId) => deliver(page, flowId, [JSON.stringify(memberReturn), JSON.stringify(strangersReturn)]),
    ),
    products: await count('products', (stranger) => productsByStranger(stranger, { demoUrl }), async (flowId) => void (await mutate(page, 'event.send', { flowId, bodyText: '{}' }))),
  };
  await context.close();
  return counts;
}

/** Posts events to the flow's address, signed as the shop signs. */
async function deliver(page: Page, flowId: string, bodies: readonly string[]): Promise<void> {
  const { endpoints } = await query<{ endpoints: { url: string }[] }>(page, 'flow.get', { flowId });
  const file = join(mkdtempSync(join(tmpdir(), 'weft-gestures-')), 'event.json');
  for (const body of bodies) {
    writeFileSync(file, body);
    await sendAsShop({ url: endpoints[0]?.url ?? '', secret: shopSecret, file });
  }
}
