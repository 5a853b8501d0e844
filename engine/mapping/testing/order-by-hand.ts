import { z } from 'zod';
import type { Json } from '../../flow/json.ts';

const address = z.object({ name: z.string().default(''), street: z.string(), zip: z.string(), city: z.string(), country: z.string() });
const orderSchema = z.object({
  id: z.string(),
  order_number: z.string(),
  created_at: z.string(),
  currency: z.string(),
  source_name: z.string(),
  financial_status: z.string(),
  email: z.string(),
  customer: z.object({ id: z.string(), first_name: z.string(), last_name: z.string(), phone: z.string(), tier: z.string() }),
  billing_address: address,
  shipping_address: address,
  shipping_line: z.object({ code: z.string(), price: z.number() }),
  line_items: z.array(
    z.object({
      sku: z.string(),
      ean: z.string(),
      title: z.string(),
      qty: z.number(),
      unit_price: z.number(),
      tax_rate: z.number(),
      discount: z.number(),
    }),
  ),
});

const cents = (amount: number): number => Math.round(amount * 100) / 100;
const total = (amounts: number[]): number => cents(amounts.reduce((sum, amount) => sum + amount, 0));

/** The reference mapping as a programmer would write it, with binary fractions rounded after each step. */
export function orderByHand(data: Json): unknown {
  const o = orderSchema.parse(data);
  const lines = o.line_items.map((item, index) => {
    const net = cents(item.qty * item.unit_price - item.discount);
    const tax = cents((net * item.tax_rate) / 100);
    return {
      lineNo: index + 1,
      articleNo: item.sku,
      gtin: item.ean,
      description: item.title.toUpperCase(),
      quantity: item.qty,
      unitPrice: item.unit_price,
      net,
      tax,
      gross: cents(net + tax),
    };
  });
  const { name, street, zip, city, country } = o.shipping_address;
  return {
    orderId: o.id,
    externalRef: `WEB-${o.order_number}`,
    orderDate: `${o.created_at.slice(8, 10)}.${o.created_at.slice(5, 7)}.${o.created_at.slice(0, 4)}`,
    currency: o.currency,
    channel: o.source_name.toUpperCase(),
    paid: o.financial_status === 'paid',
    customerNo: o.customer.id,
    customerName: `${o.customer.first_name} ${o.customer.last_name}`,
    customerGroup: o.customer.tier === 'gold' ? 'A' : 'B',
    email: o.email.toLowerCase(),
    phone: o.customer.phone.replace(/[^0-9+]/g, ''),
    shipTo: { name, street, postalCode: zip.replace(' ', ''), city, countryCode: country.toUpperCase() },
    billCountry: o.billing_address.country.toUpperCase(),
    shippingMethod: o.shipping_line.code,
    shippingCost: o.shipping_line.price,
    lines,
    lineCount: lines.length,
    totalQuantity: lines.reduce((sum, line) => sum + line.quantity, 0),
    totalNet: total(lines.map((line) => line.net)),
    totalTax: total(lines.map((line) => line.tax)),
    totalGross: total(lines.map((line) => line.gross)),
  };
}
