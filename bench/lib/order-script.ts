/**
 * The reference mapping in the peers' own words: a JavaScript body over `o` that leaves the result in `out` (function and code
 * nodes), and the assignments of n8n's "Edit Fields" node.
 */
export const mappingScript = `
const r2 = (x) => Math.round(x * 100) / 100;
const lines = o.line_items.map((l, i) => {
  const net = r2(l.qty * l.unit_price - l.discount);
  const tax = r2(net * l.tax_rate / 100);
  return { lineNo: i + 1, articleNo: l.sku, gtin: l.ean, description: l.title.toUpperCase(), quantity: l.qty, unitPrice: l.unit_price, net, tax, gross: r2(net + tax) };
});
const out = {
  orderId: o.id, externalRef: 'WEB-' + o.order_number,
  orderDate: o.created_at.slice(8, 10) + '.' + o.created_at.slice(5, 7) + '.' + o.created_at.slice(0, 4),
  currency: o.currency, channel: o.source_name.toUpperCase(), paid: o.financial_status === 'paid',
  customerNo: o.customer.id, customerName: o.customer.first_name + ' ' + o.customer.last_name, customerGroup: o.customer.tier === 'gold' ? 'A' : 'B',
  email: o.email.toLowerCase(), phone: o.customer.phone.replace(/[^0-9+]/g, ''),
  shipTo: { name: o.shipping_address.name, street: o.shipping_address.street, postalCode: o.shipping_address.zip.replace(' ', ''), city: o.shipping_address.city, countryCode: o.shipping_address.country.toUpperCase() },
  billCountry: o.billing_address.country.toUpperCase(), shippingMethod: o.shipping_line.code, shippingCost: o.shipping_line.price,
  lines, lineCount: lines.length, totalQuantity: lines.reduce((s, l) => s + l.quantity, 0),
  totalNet: r2(lines.reduce((s, l) => s + l.net, 0)), totalTax: r2(lines.reduce((s, l) => s + l.tax, 0)), totalGross: r2(lines.reduce((s, l) => s + l.gross, 0)),
};
`;

/** The reference product mapping as an expression over `p`, with `r2` for rounding. */
export const productScript = `{ articleNo: p.sku, gtin: p.ean, title: p.name.toUpperCase(), brand: p.brand, group: p.category.split(' > ')[1], variant: p.color + '/' + p.size, priceGross: r2(p.price * 1.25), margin: r2(p.price - p.cost), inStock: p.stock > 0, active: p.active }`;

const body = '$json.body';
const net = 'Math.round((l.qty * l.unit_price - l.discount) * 100) / 100';
const tax = `Math.round(${net} * l.tax_rate) / 100`;
const sum = (expression: string): string => `{{ Math.round((${body}.line_items.reduce((s, l) => s + ${expression}, 0)) * 100) / 100 }}`;
const ship = `${body}.shipping_address`;

type Assignment = [name: string, value: string, type?: 'string' | 'number' | 'boolean' | 'array'];

/** Name, expression without the leading `=`, and type (default string) of each field. */
export const assignments: Assignment[] = [
  ['orderId', `{{ ${body}.id }}`],
  ['externalRef', `WEB-{{ ${body}.order_number }}`],
  ['orderDate', `{{ DateTime.fromISO(${body}.created_at, {zone:'utc'}).toFormat('dd.MM.yyyy') }}`],
  ['currency', `{{ ${body}.currency }}`],
  ['channel', `{{ ${body}.source_name.toUpperCase() }}`],
  ['paid', `{{ ${body}.financial_status === 'paid' }}`, 'boolean'],
  ['customerNo', `{{ ${body}.customer.id }}`],
  ['customerName', `{{ ${body}.customer.first_name }} {{ ${body}.customer.last_name }}`],
  ['customerGroup', `{{ ${body}.customer.tier === 'gold' ? 'A' : 'B' }}`],
  ['email', `{{ ${body}.email.toLowerCase() }}`],
  ['phone', `{{ ${body}.customer.phone.replace(/[^0-9+]/g, '') }}`],
  ['shipTo.name', `{{ ${ship}.name }}`],
  ['shipTo.street', `{{ ${ship}.street }}`],
  ['shipTo.postalCode', `{{ ${ship}.zip.replace(' ', '') }}`],
  ['shipTo.city', `{{ ${ship}.city }}`],
  ['shipTo.countryCode', `{{ ${ship}.country.toUpperCase() }}`],
  ['billCountry', `{{ ${body}.billing_address.country.toUpperCase() }}`],
  ['shippingMethod', `{{ ${body}.shipping_line.code }}`],
  ['shippingCost', `{{ ${body}.shipping_line.price }}`, 'number'],
  [
    'lines',
    `{{ ${body}.line_items.map((l, i) => ({ lineNo: i + 1, articleNo: l.sku, gtin: l.ean, description: l.title.toUpperCase(), quantity: l.qty, unitPrice: l.unit_price, net: ${net}, tax: ${tax}, gross: Math.round((${net} + ${tax}) * 100) / 100 })) }}`,
    'array',
  ],
  ['lineCount', `{{ ${body}.line_items.length }}`, 'number'],
  ['totalQuantity', `{{ ${body}.line_items.reduce((s, l) => s + l.qty, 0) }}`, 'number'],
  ['totalNet', sum(net), 'number'],
  ['totalTax', sum(tax), 'number'],
  ['totalGross', sum(`${net} + ${tax}`), 'number'],
];
