import { entity } from '../entity.ts';
import { atStore, changed, currency } from '../parts.ts';
import { choice, id, instant, money, pii, points, text } from '../retail-field.ts';

export const loyaltyMember = entity('loyalty', {
  id: id({ text: 'member_id' }),
  customerId: id({ owner: 'crm' }).optional(),
  programId: id().optional(),
  cardNumber: pii({ text: 'loyalty_card' }).optional(),
  email: pii({ format: 'email', owner: 'crm' }).optional(),
  phone: pii({ format: 'phone', owner: 'crm' }).optional(),
  tier: text().optional(),
  pointsBalance: points().optional(),
  lifetimePoints: points().optional(),
  joinedAt: instant().optional(),
  ...changed,
});

export const pointsTransaction = entity('loyalty', {
  id: id({ text: 'points_transaction_id' }),
  memberId: id(),
  programId: id().optional(),
  kind: choice(['accrual', 'redemption', 'reversal', 'expiry', 'correction'], { text: 'points_kind' }).optional(),
  points: points({ text: 'points_moved' }),
  balanceAfter: points().optional(),
  orderId: id({ owner: 'shop' }).optional(),
  reason: text().optional(),
  occurredAt: instant().optional(),
  expiresAt: instant().optional(),
  ...atStore,
});

export const reward = entity('loyalty', {
  id: id({ text: 'reward_id' }),
  title: text({ text: 'reward_title' }),
  pointsCost: points().optional(),
  value: money('gross', { text: 'reward_value' }).optional(),
  ...currency,
  code: text({ class: 'id', text: 'reward_code' }).optional(),
  memberId: id().optional(),
  status: text({ text: 'reward_status' }).optional(),
  validFrom: instant().optional(),
  validUntil: instant().optional(),
});
