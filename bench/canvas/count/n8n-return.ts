import { erpCreditExample, loyaltyPointsExample } from '#e2e/support/stranger-documents.ts';
import { curl } from '#e2e/support/curl.ts';
import type { N8nEditor } from './n8n-editor.ts';

/** Webhook → If → the credit note from both of its outputs, the points from one. */
export async function returnInN8n(editor: N8nEditor, given: { demoUrl: string; send(url: string): Promise<void> }): Promise<void> {
  await editor.trigger('On webhook call');
  await editor.choose('httpMethod', 'POST');
  await editor.listen(given.send);
  await editor.close();
  await editor.add('if', 'If');
  await editor.condition('.body.loyalty.member_id', { group: 'String', operator: 'is not empty' });
  await editor.execute();
  await editor.close();
  await editor.add('http', 'HTTP Request');
  await editor.call(curl(`${given.demoUrl}/erp/api/credit-notes`, erpCreditExample), 'Bearer Auth', 'Demo ERP');
  await editor.express('jsonBody');
  for (const [word, path] of credit) await editor.replace('jsonBody', word, path);
  await editor.selectOver('jsonBody', '[', ']');
  await editor.hand.type('{{JSON.stringify($json.body.return_line_items.map(l=>({sku:l.sku,quantity:l.quantity,amount:l.subtotal');
  await editor.close();
  await editor.select('If');
  await editor.add('http', 'HTTP Request');
  await editor.call(curl(`${given.demoUrl}/loyalty/api/points`, loyaltyPointsExample), 'Header Auth', 'Demo loyalty');
  for (const [row, [path, sign]] of points.entries()) await editor.replaceRow(row, path, sign);
  await editor.close();
  await editor.connect('If', 1, 'HTTP Request');
  await editor.publish();
}

const credit = [
  ['4712', '.body.id'],
  ['1001', '.body.order.name'],
  ['2026', '.body.created_at'],
  ['EUR', '.body.currency'],
  ['77', '.body.customer.id'],
  ['size"', '.body.reason'],
  ['59', '.body.total_refunded'],
] as const;

/** In the order of the example; n8n makes rows of a body without lists and groups. */
const points = [
  ['.body.loyalty.member_id', ''],
  ['.body.order.id', ''],
  ['.body.loyalty.points_earned', '-'],
  ['.body.created_at', ''],
] as const;
