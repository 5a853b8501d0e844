import { z } from 'zod';
import { entity } from '../entity.ts';
import { address, atStore, changed, currency, tenderPart } from '../parts.ts';
import { flag, id, instant, money, quantity, text, webAddress } from '../retail-field.ts';

export const returned = entity('shop', {
  id: id({ text: 'return_id' }),
  number: text({ class: 'id', text: 'return_number' }).optional(),
  orderId: id(),
  customerId: id({ owner: 'crm' }).optional(),
  returnedAt: instant().optional(),
  ...atStore,
  reason: text().optional(),
  note: text().optional(),
  ...currency,
  refundTotal: money('gross').optional(),
  lines: z.array(
    z.object({
      id: id({ text: 'line_id' }).optional(),
      orderLineId: id().optional(),
      sku: text({ class: 'id' }).optional(),
      name: text({ text: 'line_name' }).optional(),
      quantity: quantity('piece', { text: 'quantity_returned' }),
      reason: text().optional(),
      restock: flag().optional(),
      storeId: id({ owner: 'pos' }).optional(),
      amount: money('unknown', { text: 'refund_amount' }).optional(),
      taxTotal: money('tax').optional(),
    }),
  ),
  tenders: z.array(tenderPart).optional(),
});

export const shipment = entity('fulfilment', {
  id: id({ text: 'shipment_id' }),
  number: text({ class: 'id', text: 'shipment_number' }).optional(),
  orderId: id({ owner: 'shop' }),
  storeId: id({ owner: 'pos' }).optional(),
  status: text({ text: 'shipment_status' }).optional(),
  carrier: text().optional(),
  service: text().optional(),
  trackingNumber: text({ class: 'id' }).optional(),
  trackingUrl: webAddress().optional(),
  shippedAt: instant().optional(),
  deliveredAt: instant().optional(),
  shippingAddress: address.optional(),
  lines: z
    .array(
      z.object({
        orderLineId: id({ owner: 'shop' }).optional(),
        productId: id({ owner: 'shop' }).optional(),
        sku: text({ class: 'id' }).optional(),
        name: text({ text: 'line_name' }).optional(),
        quantity: quantity('piece', { text: 'quantity_shipped' }),
      }),
    )
    .optional(),
  ...changed,
});
