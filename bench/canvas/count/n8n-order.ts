import { erpOrderExample } from '#e2e/support/stranger-documents.ts';
import { curl } from '#e2e/support/curl.ts';
import type { N8nEditor } from './n8n-editor.ts';

/** Webhook → HTTP Request whose body is the ERP's example with the order's fields in it. The list of lines takes an expression. */
export async function orderInN8n(editor: N8nEditor, given: { demoUrl: string; send(url: string): Promise<void> }): Promise<void> {
  await editor.trigger('On webhook call');
  await editor.choose('httpMethod', 'POST');
  await editor.listen(given.send);
  await editor.close();
  await editor.add('http', 'HTTP Request');
  await editor.call(curl(`${given.demoUrl}/erp/api/sales-orders`, erpOrderExample), 'Bearer Auth', 'Demo ERP');
  await editor.express('jsonBody');
  for (const [word, path] of fields) await editor.replace('jsonBody', word, path);
  await editor.selectOver('jsonBody', '[', ']');
  // The editor closes brackets by itself.
  await editor.hand.type('{{JSON.stringify($json.body.line_items.map(l=>({externalLineId:l.id,sku:l.sku,quantity:l.quantity,unitPrice:l.price');
  await editor.close();
  await editor.publish();
}

const fields = [
  ['4711', '.body.id'],
  ['1001', '.body.order_number'],
  ['2026', '.body.created_at'],
  ['EUR', '.body.currency'],
  ['Erika', '.body.billing_address.name'],
  ['Erika', '.body.shipping_address.name'],
  ['Kiel', '.body.shipping_address.city'],
  ['DE"', '.body.shipping_address.country_code'],
  ['119', '.body.total_price'],
] as const;
