import type { memberReturn } from './stranger-documents.ts';
import { priceOf } from './stranger-documents.ts';

/** What must arrive at the far systems, written down without any mapping of ours. Numbers of records are texts, as in the far systems' examples. */

export interface ShopOrder {
  id: unknown;
  order_number: unknown;
  created_at: string;
  currency: string;
  total_price: string;
  billing_address: { name: string };
  shipping_address: { name: string; city: string; country_code: string };
  line_items: { id: unknown; sku: string; quantity: number; price: string }[];
}

/** Reads JSON so that a number of more digits than a double holds becomes a text of all its digits. */
export function readDigits<T>(text: string): T {
  return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) => (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? context?.source : value));
}

/** The sales order for an order of the shop. */
export function salesOrderOf(order: ShopOrder): object {
  return {
    externalId: String(order.id),
    orderNumber: String(order.order_number),
    orderDate: order.created_at,
    currency: order.currency,
    customer: { name: order.billing_address.name },
    shipTo: { name: order.shipping_address.name, city: order.shipping_address.city, countryCode: order.shipping_address.country_code },
    totalGross: order.total_price,
    lines: order.line_items.map(({ id, sku, quantity, price }) => ({ externalLineId: String(id), sku, quantity, unitPrice: price })),
  };
}

/** The credit note for a return. */
export function creditNoteOf(event: Omit<typeof memberReturn, 'loyalty'>): object {
  return {
    externalId: String(event.id),
    orderNumber: event.order.name,
    date: event.created_at,
    currency: event.currency,
    customerNumber: String(event.customer.id),
    reason: event.reason,
    amount: event.total_refunded,
    lines: event.return_line_items.map(({ sku, quantity, subtotal }) => ({ sku, quantity, amount: subtotal })),
  };
}

/** The reversal of a member's points. */
export function reversalOf(event: typeof memberReturn): object {
  return { memberId: event.loyalty.member_id, orderId: String(event.order.id), points: -event.loyalty.points_earned, occurredAt: event.created_at };
}

export interface ShopProduct {
  title: string;
  vendor: string;
  variants: { sku: string; grams: number }[];
}

/** The items for the products of the shop, in batches. */
export function itemBatchesOf(products: readonly ShopProduct[], size: number): object[] {
  const items = products.flatMap(({ title, vendor, variants }) =>
    variants.map(({ sku, grams }) => ({ sku, name: title, brand: vendor, price: priceOf(sku), weight: grams })),
  );
  return Array.from({ length: Math.ceil(items.length / size) }, (_, batch) => ({ items: items.slice(batch * size, (batch + 1) * size) }));
}
