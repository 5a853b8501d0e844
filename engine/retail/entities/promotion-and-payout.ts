import { z } from 'zod';
import { entity } from '../entity.ts';
import { changed, currency } from '../parts.ts';
import { businessDay, choice, decimal, id, instant, money, text } from '../retail-field.ts';

export const promotion = entity('promotion', {
  id: id({ text: 'promotion_id' }),
  title: text({ text: 'promotion_title' }).optional(),
  code: text({ class: 'id', text: 'promotion_code' }).optional(),
  kind: choice(['percent', 'amount', 'free_shipping', 'free_item'], { text: 'promotion_kind' }).optional(),
  percent: decimal({ text: 'promotion_percent' }).optional(),
  amount: money('gross', { text: 'promotion_amount' }).optional(),
  currency: currency.currency.optional(),
  minimumSpend: money('gross').optional(),
  usageLimit: decimal().optional(),
  usedCount: decimal().optional(),
  startsAt: instant().optional(),
  endsAt: instant().optional(),
  ...changed,
});

export const payout = entity('payment', {
  id: id({ text: 'payout_id' }),
  status: text({ text: 'payout_status' }).optional(),
  /** What reaches the bank account, after fees. */
  amount: money('unknown', { text: 'payout_amount' }),
  grossAmount: money('unknown', { text: 'payout_gross' }).optional(),
  fees: money('unknown', { text: 'payout_fees' }).optional(),
  ...currency,
  paidOn: businessDay('timeZone', { text: 'payout_day' }).optional(),
  timeZone: text({ format: 'time-zone', text: 'storeTimeZone' }).optional(),
  reference: text({ class: 'id', text: 'payout_reference' }).optional(),
  entries: z
    .array(
      z.object({
        id: id({ text: 'payout_entry_id' }).optional(),
        kind: text({ text: 'payout_entry_kind' }).optional(),
        orderId: id({ owner: 'shop' }).optional(),
        amount: money('unknown', { text: 'payout_entry_amount' }),
        fee: money('unknown').optional(),
        occurredAt: instant().optional(),
      }),
    )
    .optional(),
  createdAt: instant().optional(),
});
