/**
 * The order of every measurement (2 KB, ten lines) and the reference mapping (20 fields, 9 a line) that every system under test
 * must produce exactly. The id has a fixed width, so that a body is made by patching one template.
 */
const titles = ['Merino crew neck', 'Slim chino', 'Oxford shirt', 'Leather belt 105', 'Wool socks 3-pack', 'Rain jacket', 'Canvas tote', 'Knit beanie', 'Linen scarf', 'Derby shoe 43'];
const PLACEHOLDER = 'XXXXXX-00000000';

/** An order's id from a prefix of up to six letters and a number. */
export function orderId(prefix: string, index: number): string {
  return `${prefix.padEnd(6, '0').slice(0, 6)}-${String(index).padStart(8, '0')}`;
}

export function makeOrder(id: string = PLACEHOLDER) {
  return {
    id,
    order_number: '100-48213',
    created_at: '2026-03-14T09:26:53.000Z',
    currency: 'EUR',
    source_name: 'web',
    financial_status: 'paid',
    email: 'Anna.Lindqvist@Example.COM',
    customer: { id: 'C-20031', first_name: 'Anna', last_name: 'Lindqvist', phone: '+46 8 555 010 22', tier: 'gold' },
    billing_address: { street: 'Sveavägen 44', zip: '111 34', city: 'Stockholm', country: 'se' },
    shipping_address: { name: 'Anna Lindqvist', street: 'Götgatan 12, 3tr', zip: '118 46', city: 'Stockholm', country: 'se' },
    shipping_line: { code: 'DHL_EXP', price: 6.9 },
    line_items: titles.map((title, index) => ({
      sku: `SKU-${40310 + index * 17}`,
      ean: `73500${53812200 + index * 31}`,
      title,
      qty: 1 + (index % 3),
      unit_price: 12.5 + index * 4.25,
      tax_rate: index % 4 === 3 ? 12 : 25,
      discount: index % 5 === 0 ? 1.5 : 0,
    })),
    note: null,
    tags: 'spring,newsletter',
  };
}

const cents = (value: number): number => Math.round(value * 100) / 100;

/** The reference mapping by hand: what each system's output is compared with, and the fastest JavaScript gets. */
export function mapOrder(order: ReturnType<typeof makeOrder>) {
  const lines = order.line_items.map((line, index) => {
    const net = cents(line.qty * line.unit_price - line.discount);
    const tax = cents((net * line.tax_rate) / 100);
    return { lineNo: index + 1, articleNo: line.sku, gtin: line.ean, description: line.title.toUpperCase(), quantity: line.qty, unitPrice: line.unit_price, net, tax, gross: cents(net + tax) };
  });
  const { customer, shipping_address: ship, created_at: created } = order;
  return {
    orderId: order.id,
    externalRef: `WEB-${order.order_number}`,
    orderDate: `${created.slice(8, 10)}.${created.slice(5, 7)}.${created.slice(0, 4)}`,
    currency: order.currency,
    channel: order.source_name.toUpperCase(),
    paid: order.financial_status === 'paid',
    customerNo: customer.id,
    customerName: `${customer.first_name} ${customer.last_name}`,
    customerGroup: customer.tier === 'gold' ? 'A' : 'B',
    email: order.email.toLowerCase(),
    phone: customer.phone.replace(/[^0-9+]/g, ''),
    shipTo: { name: ship.name, street: ship.street, postalCode: ship.zip.replace(' ', ''), city: ship.city, countryCode: ship.country.toUpperCase() },
    billCountry: order.billing_address.country.toUpperCase(),
    shippingMethod: order.shipping_line.code,
    shippingCost: order.shipping_line.price,
    lines,
    lineCount: lines.length,
    totalQuantity: lines.reduce((sum, line) => sum + line.quantity, 0),
    totalNet: cents(lines.reduce((sum, line) => sum + line.net, 0)),
    totalTax: cents(lines.reduce((sum, line) => sum + line.tax, 0)),
    totalGross: cents(lines.reduce((sum, line) => sum + line.gross, 0)),
  };
}

const template = Buffer.from(JSON.stringify(makeOrder()));
const placeholderAt = template.indexOf(PLACEHOLDER);

/** Bodies of orders with ids of one prefix, for the load generator. */
export function bodies(prefix: string): (index: number) => { id: string; data: Buffer } {
  return (index) => {
    const id = orderId(prefix, index);
    const data = Buffer.from(template);
    data.write(id, placeholderAt, 'latin1');
    return { id, data };
  };
}
