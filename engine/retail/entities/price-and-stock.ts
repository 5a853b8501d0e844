import { entity } from '../entity.ts';
import { currency } from '../parts.ts';
import { decimal, id, instant, money, stock, text } from '../retail-field.ts';

export const price = entity('erp', {
  sku: text({ class: 'id' }),
  net: money('net', { text: 'price_net' }).optional(),
  gross: money('gross', { text: 'price_gross' }).optional(),
  taxRate: decimal({ text: 'tax_rate' }).optional(),
  ...currency,
  list: text({ text: 'price_list' }).optional(),
  storeId: id({ owner: 'pos' }).optional(),
  minimumQuantity: decimal({ class: 'quantity', meaning: { kind: 'quantity', unit: 'piece' } }).optional(),
  validFrom: instant().optional(),
  validUntil: instant().optional(),
});

export const stockLevel = entity('erp', {
  sku: text({ class: 'id' }).optional(),
  stockItemId: id({ owner: 'shop' }).optional(),
  storeId: id({ owner: 'pos' }),
  available: stock('absolute').optional(),
  onHand: stock('absolute').optional(),
  reserved: stock('absolute').optional(),
  change: stock('delta', { text: 'stock_change' }).optional(),
  unit: text().optional(),
  countedAt: instant().optional(),
});
