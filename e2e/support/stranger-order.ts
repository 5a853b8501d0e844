import { curl } from './curl.ts';
import type { Line } from './pointer.ts';
import { erpOrderExample } from './stranger-documents.ts';
import type { Stranger } from './stranger.ts';

/** Webhook, signed as the shop signs it → mapping into the ERP's example → the ERP. An empty flow is open. */
export async function orderByStranger(stranger: Stranger, given: { demoUrl: string; event: string }): Promise<void> {
  await stranger.trigger('Webhook');
  await stranger.choose('Verification', 'Shopify');
  await stranger.choose('Connection with the webhook secret', 'Demo shop');
  await stranger.leaveSettings();
  await stranger.paste(given.event, 'The event is now the sample');
  await stranger.paste(curl(`${given.demoUrl}/erp/api/sales-orders`, erpOrderExample), 'at Demo ERP added');
  await stranger.openMapper();
  await stranger.map(lines);
  await stranger.closeMapper();
  await stranger.publish();
}

const lines: Line[] = [
  { source: 'id', target: 'externalId' },
  { source: 'order_number', target: 'orderNumber' },
  { source: 'created_at', target: 'orderDate' },
  { source: 'currency', target: 'currency' },
  { source: 'billing_address.name', target: 'customer.name' },
  { source: 'shipping_address.name', target: 'shipTo.name' },
  { source: 'shipping_address.city', target: 'shipTo.city' },
  { source: 'shipping_address.country_code', target: 'shipTo.countryCode' },
  { source: 'total_price', target: 'totalGross' },
  { source: 'line_items[].id', target: 'lines[].externalLineId' },
  { source: 'line_items[].sku', target: 'lines[].sku' },
  { source: 'line_items[].quantity', target: 'lines[].quantity' },
  { source: 'line_items[].price', target: 'lines[].unitPrice' },
];
