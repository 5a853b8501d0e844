import { bigint, date, foreignKey, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdInstant, id, tenant } from './columns.ts';
import { partner, retailer } from './tenants.ts';

/**
 * What was changed by whom: insert-only, one hash chain per partner. Insert partnerId, actor, action, subject and detail;
 * a trigger sets at, seq, prev_hash and hash whatever the caller gave (see weft_audit_verify).
 */
export const audit = pgTable('audit', {
  partnerId: uuid('partner_id').notNull().references(() => partner.id),
  id: id(),
  seq: bigint('seq', { mode: 'number' }).notNull().default(0),
  at: createdInstant('at'),
  /** 'user:<id>', 'key:<id>' or 'system'. */
  actor: text('actor').notNull(),
  /** 'flow.publish', 'connection.update', … */
  action: text('action').notNull(),
  /** '<table>:<id>' of what was changed. */
  subject: text('subject').notNull(),
  detail: jsonb('detail').$type<Record<string, unknown>>().notNull().default({}),
  prevHash: text('prev_hash').notNull().default(''),
  hash: text('hash').notNull().default(''),
}, (t) => [primaryKey({ columns: [t.partnerId, t.id] }), unique('audit_seq_key').on(t.partnerId, t.seq)]);

/** Counts per retailer and day; `metric` is 'events', 'runs', 'records', 'calls', …. */
export const usageDay = pgTable('usage_day', {
  ...tenant(),
  day: date('day').notNull(),
  metric: text('metric').notNull(),
  value: bigint('value', { mode: 'number' }).notNull().default(0),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.retailerId, t.day, t.metric] }),
  foreignKey({ columns: [t.partnerId, t.retailerId], foreignColumns: [retailer.partnerId, retailer.id] }).onDelete('cascade'),
]);
