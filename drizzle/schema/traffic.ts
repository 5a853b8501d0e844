import { doublePrecision, foreignKey, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { instant, createdInstant, tenant } from './columns.ts';
import { connection } from './connections.ts';

/**
 * How an outside system fares: `ok` (calls go), `open` (the breaker is open, one call probes at `probeAt`), `paused` (no call until a
 * person resumes). No row: ok. Changes are told to the engine by a trigger; who writes which columns is in 0009_traffic.sql.
 */
export const connectionHealth = pgTable('connection_health', {
  connectionId: uuid('connection_id').primaryKey(),
  ...tenant(),
  state: text('state', { enum: ['ok', 'open', 'paused'] }).notNull().default('ok'),
  /** The failure's code that opened or paused it, or 'manual'. */
  reasonCode: text('reason_code'),
  failures: integer('failures').notNull().default(0),
  openedAt: instant('opened_at'),
  probeAt: instant('probe_at'),
  probeOwner: text('probe_owner'),
  probeUntil: instant('probe_until'),
  /** Since then what had waited is sent at the rate of draining. */
  drainingSince: instant('draining_since'),
  changedBy: uuid('changed_by'),
  updatedAt: createdInstant('updated_at'),
  /** Why a person paused it. */
  note: text('note').notNull().default(''),
}, (t) => [
  foreignKey({ columns: [t.partnerId, t.retailerId, t.connectionId], foreignColumns: [connection.partnerId, connection.retailerId, connection.id] }).onDelete('cascade'),
]);

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** What is left of an account's rate limits (weft_take_tokens). Part 0: the vendor's "not before"; the limits count from 1. */
export const rateBudget = pgTable('rate_budget', {
  account: text('account').notNull(),
  part: integer('part').notNull(),
  ...tenant(),
  level: doublePrecision('level').notNull().default(0),
  filledAt: moment('filled_at').notNull().defaultNow(),
  windowEnds: moment('window_ends'),
  blockedUntil: moment('blocked_until'),
  /** Tokens lent to engine processes: `{ owner: [tokens, until in epoch milliseconds] }`. */
  leases: jsonb('leases').notNull().default({}),
}, (t) => [primaryKey({ columns: [t.account, t.part] })]);

/** Permits of a cap lent to an engine process (weft_share). Belongs to the installation. */
export const permitShare = pgTable('permit_share', {
  key: text('key').notNull(),
  owner: text('owner').notNull(),
  granted: integer('granted').notNull(),
  inUse: integer('in_use').notNull(),
  wants: integer('wants').notNull(),
  until: moment('until').notNull(),
}, (t) => [primaryKey({ columns: [t.key, t.owner] })]);

/** Engine processes that work, and how many lanes with a backlog each holds. Belongs to the installation. */
export const engineWorker = pgTable('engine_worker', {
  owner: text('owner').primaryKey(),
  lanes: integer('lanes').notNull().default(0),
  until: moment('until').notNull(),
});
