import { z } from 'zod';
import { entity } from '../entity.ts';
import { address, atStore, changed, currency, lineShape, orderLine, orderStatus, tenderPart } from '../parts.ts';
import { flag, id, instant, money, pii, text } from '../retail-field.ts';

export const order = entity('shop', {
  id: id({ text: 'order_id' }),
  number: text({ class: 'id', text: 'order_number' }).optional(),
  placedAt: instant().optional(),
  ...atStore,
  status: orderStatus.optional(),
  channel: text().optional(),
  ...currency,
  pricesIncludeTax: flag().optional(),
  customer: z
    .object({
      id: id({ text: 'customer_id', owner: 'crm' }).optional(),
      email: pii({ format: 'email' }).optional(),
      phone: pii({ format: 'phone' }).optional(),
      firstName: pii().optional(),
      lastName: pii().optional(),
      loyaltyId: id({ owner: 'loyalty' }).optional(),
    })
    .optional(),
  billingAddress: address.optional(),
  shippingAddress: address.optional(),
  lines: z.array(orderLine),
  tenders: z.array(tenderPart).optional(),
  subtotal: money('unknown').optional(),
  discountTotal: money('unknown').optional(),
  shippingTotal: money('unknown').optional(),
  taxTotal: money('tax').optional(),
  totalNet: money('net').optional(),
  totalGross: money('gross').optional(),
  note: text().optional(),
  cancelledAt: instant().optional(),
  ...changed,
});

export const line = entity('shop', { orderId: id(), ...lineShape, ...currency });

export const tender = entity('payment', {
  id: id({ text: 'tender_id' }),
  orderId: id({ owner: 'shop' }).optional(),
  customerId: id({ owner: 'crm' }).optional(),
  method: text({ text: 'tender_method' }).optional(),
  status: text({ text: 'tender_status' }).optional(),
  amount: money('gross', { text: 'tender_amount' }),
  tip: money('unknown').optional(),
  fee: money('unknown').optional(),
  ...currency,
  gateway: text().optional(),
  cardBrand: text().optional(),
  cardLastFour: pii().optional(),
  reference: text({ text: 'tender_reference', class: 'id' }).optional(),
  receiptNumber: text({ class: 'id' }).optional(),
  note: text().optional(),
  paidAt: instant().optional(),
  ...atStore,
});
