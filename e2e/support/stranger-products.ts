import { curl } from './curl.ts';
import type { Line } from './pointer.ts';
import { BATCH, erpItemExample } from './stranger-documents.ts';
import type { Stranger } from './stranger.ts';

/** Schedule → the shop's products → one record for each variant → mapping with the price from a table → batches → the ERP. An empty flow is open. */
export async function productsByStranger(stranger: Stranger, given: { demoUrl: string }): Promise<void> {
  await stranger.trigger('Schedule');
  await stranger.paste(curl(`${given.demoUrl}/shop/admin/api/listings`), 'at Demo shop added');
  await stranger.runToHere();
  await stranger.add('sp', 'Split list');
  await stranger.pick('List', 'products');
  await stranger.leaveSettings();
  await stranger.add('sp', 'Split list');
  await stranger.pick('List', 'variants');
  await stranger.fill('Keep the rest as', 'product');
  await stranger.leaveSettings();
  await stranger.add('map', 'Map fields');
  await stranger.openMapper();
  await stranger.target(erpItemExample);
  await stranger.map(lines);
  await stranger.lookUp('price', { table: 'Prices', column: 'price', key: 'sku' });
  await stranger.closeMapper();
  await stranger.add('ba', 'Batch');
  await stranger.fill('Batch size', String(BATCH));
  await stranger.fill('Name of the list', 'items');
  await stranger.leaveSettings();
  await stranger.paste(curl(`${given.demoUrl}/erp/api/items`, `{ "items": [${erpItemExample}] }`), 'at Demo ERP added');
  await stranger.publish();
}

const lines: Line[] = [
  { source: 'sku', target: 'sku' },
  { source: 'product.title', target: 'name' },
  { source: 'product.vendor', target: 'brand' },
  { source: 'grams', target: 'weight' },
];
