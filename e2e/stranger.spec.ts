import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { mutate, query } from './support/api.ts';
import { byKeys } from './support/by-keys.ts';
import { byMouse } from './support/by-mouse.ts';
import { lastReceived, receivedSince } from './support/far-end.ts';
import { totalOf } from './support/gestures.ts';
import { orderFile } from './support/paths.ts';
import { signIn } from './support/people.ts';
import { sendAsShop } from './support/shop.ts';
import { BATCH, memberReturn, strangersReturn } from './support/stranger-documents.ts';
import { orderByStranger } from './support/stranger-order.ts';
import { productsByStranger } from './support/stranger-products.ts';
import { creditNoteOf, itemBatchesOf, readDigits, reversalOf, salesOrderOf, type ShopOrder } from './support/stranger-results.ts';
import { returnByStranger } from './support/stranger-return.ts';
import { makePriceTable, openEmptyFlow, shopProducts, shopSecret } from './support/stranger-setting.ts';
import { Stranger } from './support/stranger.ts';
import { expect, test } from './support/test.ts';

// What is pasted lies on the clipboard, as it does when somebody copies it from a vendor's page.
test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const pointers = { mouse: byMouse, keyboard: byKeys };

for (const way of ['mouse', 'keyboard'] as const) {
  test.describe(`a stranger by ${way}`, () => {
    test('builds order to ERP', async ({ page, product }) => {
      test.slow();
      const stranger = await begin(page, 'Orders', way);
      await orderByStranger(stranger, { demoUrl: product.demoUrl, event: readFileSync(orderFile, 'utf8') });
      tell('order', way, stranger);
      const before = await lastReceived(product.demoUrl);
      await deliver(page, orderFile);
      await expect.poll(() => bodiesSince(product.demoUrl, before)).toEqual({ 'erp /api/sales-orders': [salesOrderOf(readDigits<ShopOrder>(readFileSync(orderFile, 'utf8')))] });
    });

    test('builds return with a reversal of points', async ({ page, product }, info) => {
      test.slow();
      const stranger = await begin(page, 'Returns', way);
      await returnByStranger(stranger, { demoUrl: product.demoUrl, event: JSON.stringify(memberReturn, null, 2) });
      tell('return', way, stranger);
      const before = await lastReceived(product.demoUrl);
      for (const event of [memberReturn, strangersReturn]) {
        const file = info.outputPath(`${event.id}.json`);
        writeFileSync(file, JSON.stringify(event));
        await deliver(page, file);
      }
      await expect.poll(() => bodiesSince(product.demoUrl, before)).toEqual({
        'erp /api/credit-notes': expect.arrayContaining([creditNoteOf(memberReturn), creditNoteOf(strangersReturn)]),
        'loyalty /api/points': [reversalOf(memberReturn)],
      });
    });

    test('builds product publish', async ({ page, product }) => {
      test.slow();
      const stranger = await begin(page, 'Products', way);
      await productsByStranger(stranger, { demoUrl: product.demoUrl });
      tell('products', way, stranger);
      const before = await lastReceived(product.demoUrl);
      await mutate(page, 'event.send', { flowId: flowOf(page), bodyText: '{}' });
      await expect.poll(() => bodiesSince(product.demoUrl, before)).toEqual({ 'erp /api/items': expect.arrayContaining(itemBatchesOf(shopProducts(), BATCH)) });
    });
  });
}

async function begin(page: Page, name: string, way: keyof typeof pointers): Promise<Stranger> {
  await signIn(page, 'consultant@harbor.example');
  await makePriceTable(page);
  await openEmptyFlow(page, `${name} by ${way}`);
  return new Stranger(page, pointers[way]);
}

function flowOf(page: Page): string {
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

function tell(flow: string, way: string, { hand }: Stranger): void {
  const { clicks, drags, keys } = hand.counts;
  console.log(`gestures ${JSON.stringify({ flow, way, clicks, drags, keys, total: totalOf(hand.counts) })}`);
}

/** Posts a file to the address of the flow that is open, signed as the shop signs. */
async function deliver(page: Page, file: string): Promise<void> {
  const { endpoints } = await query<{ endpoints: { url: string }[] }>(page, 'flow.get', { flowId: flowOf(page) });
  const report = await sendAsShop({ url: endpoints[0]?.url ?? '', secret: shopSecret, file });
  expect(report.statuses).toEqual({ 200: 1 });
}

/** What the far systems were given, by system and path; what they only read out is left aside. */
async function bodiesSince(demoUrl: string, since: number): Promise<Record<string, unknown[]>> {
  const bodies: Record<string, unknown[]> = {};
  for (const { system, method, path, body } of await receivedSince(demoUrl, since)) if (method !== 'GET') (bodies[`${system} ${path}`] ??= []).push(JSON.parse(body));
  return bodies;
}
