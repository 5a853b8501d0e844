import { foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { instant, tenant } from './columns.ts';
import { flow } from './flows.ts';

/** A timed trigger of a live version: firings up to `cursorAt` have been considered; `dueAt` is when to look again (null: never). */
export const scheduleState = pgTable('schedule_state', {
  flowId: uuid('flow_id').notNull(),
  nodeId: text('node_id').notNull(),
  environment: text('environment').notNull(),
  ...tenant(),
  /** The times as text; changed times start a new count. */
  spec: text('spec').notNull(),
  cursorAt: instant('cursor_at').notNull(),
  dueAt: instant('due_at'),
  /** The firing the last event was made for. */
  lastFired: instant('last_fired'),
  lastEventId: uuid('last_event_id'),
  /** Firings left out: missed ones by policy, those in a blackout, those that would have overlapped. */
  skipped: integer('skipped').notNull().default(0),
}, (t) => [
  primaryKey({ columns: [t.flowId, t.nodeId, t.environment] }),
  foreignKey({ columns: [t.partnerId, t.retailerId, t.flowId], foreignColumns: [flow.partnerId, flow.retailerId, flow.id] }).onDelete('cascade'),
  index('schedule_state_due_idx').on(t.dueAt),
]);

/** How many days things are kept, for the whole installation. The operator's table. */
export const retention = pgTable('retention', {
  kind: text('kind', { enum: ['events', 'details', 'runs', 'dedupe', 'tests', 'samples'] }).primaryKey(),
  days: integer('days').notNull(),
});
