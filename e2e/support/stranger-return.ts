import { curl } from './curl.ts';
import type { Line } from './pointer.ts';
import { erpCreditExample, loyaltyPointsExample } from './stranger-documents.ts';
import type { Stranger } from './stranger.ts';

/** Webhook → branch on the member → credit note from both of its outputs, the reversal of points from one. An empty flow is open. */
export async function returnByStranger(stranger: Stranger, given: { demoUrl: string; event: string }): Promise<void> {
  await stranger.trigger('Webhook');
  await stranger.choose('Verification', 'Shopify');
  await stranger.choose('Connection with the webhook secret', 'Demo shop');
  await stranger.leaveSettings();
  await stranger.paste(given.event, 'The event is now the sample');
  await stranger.add('br', 'Branch');
  await stranger.pick('Field of condition 1', 'loyalty.member_id');
  await stranger.choose('Comparison of condition 1', 'is not empty');
  await stranger.leaveSettings();
  await stranger.paste(curl(`${given.demoUrl}/erp/api/credit-notes`, erpCreditExample), 'at Demo ERP added');
  await stranger.openMapper();
  await stranger.map(credit);
  await stranger.closeMapper();
  await stranger.select('Branch');
  await stranger.connect('Branch', { port: 'otherwise', to: 'Map fields' });
  await stranger.paste(curl(`${given.demoUrl}/loyalty/api/points`, loyaltyPointsExample), 'at Demo loyalty added');
  await stranger.openMapper();
  await stranger.map(points);
  await stranger.addFunction('points', 'change the sign');
  await stranger.closeMapper();
  await stranger.publish();
}

const credit: Line[] = [
  { source: 'id', target: 'externalId' },
  { source: 'order.name', target: 'orderNumber' },
  { source: 'created_at', target: 'date' },
  { source: 'currency', target: 'currency' },
  { source: 'customer.id', target: 'customerNumber' },
  { source: 'reason', target: 'reason' },
  { source: 'total_refunded', target: 'amount' },
  { source: 'return_line_items[].sku', target: 'lines[].sku' },
  { source: 'return_line_items[].quantity', target: 'lines[].quantity' },
  { source: 'return_line_items[].subtotal', target: 'lines[].amount' },
];

const points: Line[] = [
  { source: 'loyalty.member_id', target: 'memberId' },
  { source: 'order.id', target: 'orderId' },
  { source: 'loyalty.points_earned', target: 'points' },
  { source: 'created_at', target: 'occurredAt' },
];
