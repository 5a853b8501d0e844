import { z } from 'zod';
import { businessDay, choice, currencyCode, decimal, flag, id, instant, money, pii, quantity, text } from './retail-field.ts';

/** A postal address. */
export const address = z.object({
  name: pii({ text: 'address_name' }).optional(),
  firstName: pii().optional(),
  lastName: pii().optional(),
  company: text().optional(),
  street: pii().optional(),
  street2: pii().optional(),
  postcode: pii().optional(),
  city: text().optional(),
  region: text().optional(),
  country: text({ format: 'country' }).optional(),
  phone: pii({ format: 'phone' }).optional(),
  email: pii({ format: 'email' }).optional(),
});

/** The fields of an order's line; in a line that stands alone `currency` is a field of its own. */
export const lineShape = {
  id: id({ text: 'line_id' }).optional(),
  sku: text({ class: 'id' }),
  productId: id({ owner: 'shop' }).optional(),
  variantId: id({ owner: 'shop' }).optional(),
  barcode: text({ class: 'id' }).optional(),
  name: text({ text: 'line_name' }).optional(),
  quantity: quantity(),
  unit: text({ text: 'unit' }).optional(),
  /** Net or gross as `pricesIncludeTax` says. */
  unitPrice: money('unknown').optional(),
  discountTotal: money('unknown').optional(),
  taxTotal: money('tax').optional(),
  taxRate: decimal({ text: 'tax_rate' }).optional(),
  totalNet: money('net').optional(),
  totalGross: money('gross').optional(),
};

export const orderLine = z.object(lineShape);

/** A payment inside an order or a return, in the currency of the record around it. */
export const tenderPart = z.object({
  id: id({ text: 'tender_id' }).optional(),
  method: text({ text: 'tender_method' }),
  amount: money('gross', { text: 'tender_amount', owner: 'payment' }),
  reference: text({ text: 'tender_reference', class: 'id' }).optional(),
  paidAt: instant().optional(),
});

export const variantShape = {
  id: id({ text: 'variant_id' }).optional(),
  sku: text({ class: 'id' }),
  barcode: text({ class: 'id' }).optional(),
  title: text({ text: 'variant_title' }).optional(),
  unit: text().optional(),
  piecesPerCase: decimal({ text: 'pieces_per_case' }).optional(),
  price: money('unknown', { text: 'variant_price' }).optional(),
  compareAtPrice: money('unknown').optional(),
  cost: money('net', { owner: 'erp' }).optional(),
  weight: decimal().optional(),
  weightUnit: text().optional(),
  taxable: flag().optional(),
  stockItemId: id({ owner: 'shop' }).optional(),
};

/** When something was made and last changed. */
export const changed = { createdAt: instant().optional(), updatedAt: instant().optional() };

/** The store an event belongs to, and the day of its books. */
export const atStore = {
  storeId: id({ owner: 'pos' }).optional(),
  businessDay: businessDay('storeTimeZone').optional(),
  storeTimeZone: text({ format: 'time-zone' }).optional(),
};

export const currency = { currency: currencyCode() };

export const orderStatus = choice(['open', 'paid', 'shipped', 'completed', 'cancelled', 'returned'], { text: 'order_status' });
