import type { Page } from '@playwright/test';
import { demoSecrets } from '#engine/testing/demo-world/demo-secrets.ts';
import { productsOf } from '#engine/testing/demo-world/catalogue.ts';
import { mutate, query } from './api.ts';
import { priceOf } from './stranger-documents.ts';
import type { ShopProduct } from './stranger-results.ts';
import { readDigits } from './stranger-results.ts';

const RETAILER = 'Nordlicht Outdoor';

/** The secret with which the shop of the retailer signs. */
export const shopSecret = demoSecrets.nordlicht.webhookSecret;

/** What the shop of the retailer sells, read as its API gives it. */
export function shopProducts(): ShopProduct[] {
  return readDigits(JSON.stringify(productsOf('nordlicht')));
}

/** Opens a new, empty flow; that it was made and opened is not the stranger's doing. */
export async function openEmptyFlow(page: Page, name: string): Promise<string> {
  const retailerId = await retailerOf(page);
  const { id } = await mutate<{ id: string }>(page, 'flow.create', { retailerId, name });
  await page.goto(`${new URL(page.url()).origin}/flows/${id}`);
  return id;
}

/** The table of prices by SKU, unless it is there. */
export async function makePriceTable(page: Page): Promise<void> {
  const retailerId = await retailerOf(page);
  const tables = await query<{ name: string }[]>(page, 'table.list', { retailerId });
  if (tables.some(({ name }) => name === 'Prices')) return;
  const skus = shopProducts().flatMap(({ variants }) => variants.map(({ sku }) => sku));
  await mutate(page, 'table.create', { retailerId, name: 'Prices', columns: ['price'], rows: skus.map((sku) => [sku, priceOf(sku)]) });
}

async function retailerOf(page: Page): Promise<string> {
  const retailers = await query<{ id: string; name: string }[]>(page, 'retailer.list', undefined);
  const found = retailers.find(({ name }) => name === RETAILER);
  if (found === undefined) throw new Error(`There is no retailer ${RETAILER}.`);
  return found.id;
}
