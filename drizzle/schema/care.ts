import { foreignKey, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdInstant, id, instant, tenant } from './columns.ts';
import { partner } from './tenants.ts';

export const replayModes = ['step', 'start', 'newest'] as const;

/** Many runs again, at a bounded rate. It belongs to the partner: it may reach over several retailers. */
export const replay = pgTable('replay', {
  partnerId: uuid('partner_id').notNull(),
  id: id(),
  mode: text('mode', { enum: replayModes }).notNull(),
  /** What was asked for, as it was asked. */
  filter: jsonb('filter').$type<Record<string, unknown>>().notNull().default({}),
  note: text('note').notNull().default(''),
  state: text('state', { enum: ['running', 'done', 'cancelled'] }).notNull().default('running'),
  perSecond: integer('per_second').notNull(),
  total: integer('total').notNull(),
  done: integer('done').notNull().default(0),
  /** Runs that could not be run again by the time it was their turn. */
  skipped: integer('skipped').notNull().default(0),
  createdBy: uuid('created_by'),
  createdAt: createdInstant('created_at'),
  tickedAt: createdInstant('ticked_at'),
  finishedAt: instant('finished_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }),
  unique('replay_id_key').on(t.id),
  foreignKey({ columns: [t.partnerId], foreignColumns: [partner.id] }).onDelete('cascade'),
]);

/** One run of a replay, in the order of the originals. */
export const replayItem = pgTable('replay_item', {
  ...tenant(),
  replayId: uuid('replay_id').notNull(),
  runId: uuid('run_id').notNull(),
  position: integer('position').notNull(),
  state: text('state', { enum: ['pending', 'done', 'skipped'] }).notNull().default('pending'),
  /** The run it became: the same one for a further attempt. */
  newRunId: uuid('new_run_id'),
}, (t) => [primaryKey({ columns: [t.replayId, t.runId] })]);
