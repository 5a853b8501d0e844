import { bigint, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdInstant, id, instant, tenant } from './columns.ts';
import { flow } from './flows.ts';

// What flows keep between steps, pages and runs.

/** Where a paged run is (PageState of engine/run/journal.ts). One row per run under way, written over with every page. */
export const runPage = pgTable('run_page', {
  runId: uuid('run_id').primaryKey(),
  ...tenant(),
  page: integer('page').notNull(),
  /** JSON text: the page's records; what steps carry along; all the rest. */
  body: text('body').notNull(),
  carries: text('carries').notNull(),
  state: text('state').notNull(),
  turnedAt: createdInstant('turned_at'),
});

/** What a step remembers for a record while its run is under way. `page` 0: outside of pages. */
export const runMemo = pgTable('run_memo', {
  runId: uuid('run_id').notNull(),
  nodeId: text('node_id').notNull(),
  recordKey: text('record_key').notNull(),
  ...tenant(),
  page: integer('page').notNull().default(0),
  value: text('value').notNull(),
}, (t) => [primaryKey({ columns: [t.runId, t.nodeId, t.recordKey] })]);

/** A moving mark of a flow, every version kept; the highest counts. Written by weft_set_checkpoint only. */
export const checkpoint = pgTable('checkpoint', {
  flowId: uuid('flow_id').notNull(),
  environment: text('environment').notNull(),
  /** A node's id (poll trigger), or `var:<name>`. */
  name: text('name').notNull(),
  version: integer('version').notNull(),
  ...tenant(),
  /** JSON text. */
  value: text('value').notNull(),
  /** A user's id, or 'engine'. */
  setBy: text('set_by').notNull(),
  runId: uuid('run_id'),
  createdAt: createdInstant('created_at'),
  /** Why a person moved it. */
  note: text('note').notNull().default(''),
}, (t) => [
  primaryKey({ columns: [t.flowId, t.environment, t.name, t.version] }),
  foreignKey({ columns: [t.partnerId, t.retailerId, t.flowId], foreignColumns: [flow.partnerId, flow.retailerId, flow.id] }).onDelete('cascade'),
]);

/** Dedupe: which record was the first with a key. Holders are written `<event id>/<record key>`. */
export const dedupeKey = pgTable('dedupe_key', {
  flowId: uuid('flow_id').notNull(),
  environment: text('environment').notNull(),
  nodeId: text('node_id').notNull(),
  key: text('key').notNull(),
  ...tenant(),
  holder: text('holder').notNull(),
  former: text('former').array().notNull().default([]),
  claimedAt: instant('claimed_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
}, (t) => [primaryKey({ columns: [t.flowId, t.environment, t.nodeId, t.key] }), index('dedupe_key_expires_idx').on(t.expiresAt)]);

/** Debounce: the records that wait, or waited, under a key. */
export const coalesceKey = pgTable('coalesce_key', {
  flowId: uuid('flow_id').notNull(),
  environment: text('environment').notNull(),
  nodeId: text('node_id').notNull(),
  key: text('key').notNull(),
  eventId: uuid('event_id').notNull(),
  recordKey: text('record_key').notNull(),
  ...tenant(),
  runId: uuid('run_id').notNull(),
  receivedAt: instant('received_at').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  place: bigint('place', { mode: 'number' }).generatedAlwaysAsIdentity(),
  dueAt: instant('due_at').notNull(),
  state: text('state', { enum: ['waiting', 'passed', 'superseded'] }).notNull().default('waiting'),
}, (t) => [primaryKey({ columns: [t.flowId, t.environment, t.nodeId, t.key, t.eventId, t.recordKey] }), index('coalesce_key_due_idx').on(t.dueAt)]);

/** A decision a record waits for. Decide it with an update of an open row, then call weft_wake with its run. */
export const approval = pgTable('approval', {
  id: id().primaryKey(),
  ...tenant(),
  flowId: uuid('flow_id').notNull(),
  runId: uuid('run_id').notNull(),
  nodeId: text('node_id').notNull(),
  recordKey: text('record_key').notNull(),
  title: text('title').notNull(),
  detail: text('detail').notNull(),
  /** The record, JSON text. */
  data: text('data').notNull(),
  businessKeys: text('business_keys').array().notNull().default([]),
  state: text('state', { enum: ['open', 'approved', 'rejected', 'timeout'] }).notNull().default('open'),
  timeoutAt: instant('timeout_at').notNull(),
  /** Who decided, as the flow may show it. */
  decidedBy: text('decided_by'),
  decidedAt: instant('decided_at'),
  note: text('note').notNull().default(''),
  createdAt: createdInstant('created_at'),
}, (t) => [unique('approval_record_key').on(t.runId, t.nodeId, t.recordKey), index('approval_retailer_idx').on(t.retailerId, t.state, t.createdAt.desc())]);

/** What an event was answered with; the first answer counts. */
export const reply = pgTable('reply', {
  eventId: uuid('event_id').primaryKey(),
  ...tenant(),
  /** `responded`: by the flow. `ended`, `failed`: the run ended without an answer. */
  outcome: text('outcome', { enum: ['responded', 'ended', 'failed'] }).notNull(),
  status: integer('status').notNull(),
  /** JSON text: list of [name, value]. */
  headers: text('headers').notNull().default('[]'),
  /** JSON text; of a failed run its message. */
  body: text('body').notNull(),
  code: text('code'),
  createdAt: createdInstant('created_at'),
}, (t) => [index('reply_created_idx').on(t.createdAt)]);

/** A record of one flow that waits for the answer of another. */
export const flowCall = pgTable('flow_call', {
  /** The effect's key, also the delivery id of the event that was made. */
  key: text('key').primaryKey(),
  ...tenant(),
  /** Who calls. */
  runId: uuid('run_id').notNull(),
  nodeId: text('node_id').notNull(),
  recordKey: text('record_key').notNull(),
  /** Who is called, and the event that was made. */
  flowId: uuid('flow_id').notNull(),
  eventId: uuid('event_id').notNull(),
  receivedAt: instant('received_at').notNull(),
  createdAt: createdInstant('created_at'),
}, (t) => [index('flow_call_event_idx').on(t.eventId), index('flow_call_created_idx').on(t.createdAt)]);
