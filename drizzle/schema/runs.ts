import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { createdInstant, id, instant, tenant } from './columns.ts';

// Runtime tables: no foreign keys, few indexes, ids are UUIDv7 so that indexes are appended to. Bodies are text, never jsonb.

/** Why a person closes an exception without another attempt. */
export const exceptionReasons = ['fixed_elsewhere', 'not_needed', 'duplicate', 'other'] as const;

export const failureClasses = ['transient', 'limited', 'auth', 'data', 'bug'] as const;

/** One event's way through one version of a flow. A retry is a further attempt of the same run. */
export const run = pgTable('run', {
  id: id().primaryKey(),
  ...tenant(),
  flowId: uuid('flow_id').notNull(),
  versionId: uuid('version_id').notNull(),
  versionNumber: integer('version_number').notNull(),
  eventId: uuid('event_id').notNull(),
  eventReceivedAt: instant('event_received_at').notNull(),
  /** The trigger node. */
  nodeId: text('node_id').notNull(),
  trigger: text('trigger', { enum: ['webhook', 'schedule', 'manual', 'api', 'poll', 'flow'] }).notNull(),
  state: text('state', { enum: ['running', 'waiting', 'succeeded', 'failed'] }).notNull(),
  attempt: integer('attempt').notNull().default(1),
  startedAt: instant('started_at').notNull(),
  finishedAt: instant('finished_at'),
  durationMs: integer('duration_ms'),
  recordsIn: integer('records_in').notNull().default(0),
  recordsFailed: integer('records_failed').notNull().default(0),
  /** Shown in lists. For search see runKey, which is filled from here. */
  businessKeys: text('business_keys').array().notNull().default([]),
  failureClass: text('failure_class', { enum: failureClasses }),
  failureCode: text('failure_code'),
  failureMessage: text('failure_message'),
  nextAttemptAt: instant('next_attempt_at'),
  updatedAt: createdInstant('updated_at'),
  /** Pages turned so far; 0 for a run without a paged source. */
  pages: integer('pages').notNull().default(0),
  /** Why it waits: a failure's code, or the reason of a hold. */
  waitingCode: text('waiting_code'),
  /** The run this one repeats, and the bulk replay it is part of. */
  originRunId: uuid('origin_run_id'),
  replayId: uuid('replay_id'),
}, (t) => [
  index('run_replay_idx').on(t.replayId).where(sql`replay_id IS NOT NULL`),
  // Lists page by key: WHERE retailer_id = … AND (started_at, id) < (…) ORDER BY started_at DESC, id DESC.
  index('run_partner_idx').on(t.partnerId, t.startedAt.desc(), t.id.desc()),
  index('run_retailer_idx').on(t.retailerId, t.startedAt.desc(), t.id.desc()),
  index('run_flow_idx').on(t.flowId, t.startedAt.desc(), t.id.desc()),
  index('run_event_idx').on(t.eventId),
  index('run_unsettled_idx').on(t.partnerId, t.state, t.startedAt.desc(), t.id.desc()).where(sql`state <> 'succeeded'`),
]);

/**
 * Business keys of runs, for search: WHERE partner_id = … AND key = … (or key >= 'R10' AND key < 'R11' for a prefix; the
 * column has C collation) ORDER BY started_at DESC. Filled from run.business_keys by a trigger per statement: write run only.
 */
export const runKey = pgTable('run_key', {
  ...tenant(),
  key: text('key').notNull(),
  startedAt: instant('started_at').notNull(),
  runId: uuid('run_id').notNull(),
}, (t) => [primaryKey({ columns: [t.partnerId, t.key, t.startedAt, t.runId] })]);

/** One node of one attempt of a run. */
export const step = pgTable('step', {
  runId: uuid('run_id').notNull(),
  nodeId: text('node_id').notNull(),
  attempt: integer('attempt').notNull(),
  ...tenant(),
  state: text('state', { enum: ['succeeded', 'failed', 'waiting'] }).notNull(),
  recordsIn: integer('records_in').notNull().default(0),
  recordsOut: integer('records_out').notNull().default(0),
  /** Records per output port. */
  outputs: jsonb('outputs').$type<Record<string, number>>().notNull().default({}),
  recordsFailed: integer('records_failed').notNull().default(0),
  startedAt: instant('started_at').notNull(),
  durationMs: integer('duration_ms').notNull().default(0),
  /** Lines a code node logged, joined by newlines. */
  logs: text('logs'),
}, (t) => [primaryKey({ columns: [t.runId, t.nodeId, t.attempt] })]);

/** What a step put out, apart from the step because it lives shorter. */
export const payload = pgTable('payload', {
  runId: uuid('run_id').notNull(),
  nodeId: text('node_id').notNull(),
  attempt: integer('attempt').notNull(),
  ...tenant(),
  /** JSON text `{port: [{key, data?}]}`; data is left out when the record is unchanged from the input. */
  body: text('body').notNull(),
}, (t) => [primaryKey({ columns: [t.runId, t.nodeId, t.attempt] })]);

/** One call of an outside system and its answer, secrets masked. */
export const exchange = pgTable('exchange', {
  id: id(),
  ...tenant(),
  runId: uuid('run_id').notNull(),
  nodeId: text('node_id').notNull(),
  recordKey: text('record_key').notNull(),
  attempt: integer('attempt').notNull(),
  connectionId: uuid('connection_id'),
  method: text('method').notNull(),
  url: text('url').notNull(),
  /** JSON text. */
  requestHeaders: text('request_headers').notNull().default('{}'),
  /** Null when the body was the record itself. */
  requestBody: text('request_body'),
  status: integer('status'),
  /** JSON text. */
  responseHeaders: text('response_headers'),
  responseBody: text('response_body'),
  failureClass: text('failure_class', { enum: failureClasses }),
  failureCode: text('failure_code'),
  startedAt: instant('started_at').notNull(),
  durationMs: integer('duration_ms').notNull(),
  /** Page of a paged run; 0 outside of pages. */
  page: integer('page').notNull().default(0),
}, (t) => [primaryKey({ columns: [t.runId, t.id] }), index('exchange_run_idx').on(t.runId, t.page)]);

/** The ledger of what was done in the world. `key` = engine/run/effect-key.ts, also sent as Idempotency-Key; it sorts by the event's time. */
export const effect = pgTable('effect', {
  key: text('key').primaryKey(),
  ...tenant(),
  runId: uuid('run_id').notNull(),
  nodeId: text('node_id').notNull(),
  recordKey: text('record_key').notNull(),
  connectionId: uuid('connection_id'),
  operation: text('operation').notNull(),
  businessKeys: text('business_keys').array().notNull().default([]),
  requestHash: text('request_hash').notNull(),
  status: text('status', { enum: ['done', 'failed'] }).notNull(),
  exchangeId: uuid('exchange_id'),
  appliedAt: instant('applied_at').notNull(),
  page: integer('page').notNull().default(0),
});

/** A record that could not be processed, with its data, waiting for a person. */
export const exception = pgTable('exception', {
  id: id().primaryKey(),
  ...tenant(),
  flowId: uuid('flow_id').notNull(),
  runId: uuid('run_id').notNull(),
  nodeId: text('node_id').notNull(),
  recordKey: text('record_key').notNull(),
  class: text('class', { enum: failureClasses }).notNull(),
  code: text('code').notNull(),
  message: text('message').notNull(),
  /** The record, JSON text. */
  data: text('data').notNull(),
  businessKeys: text('business_keys').array().notNull().default([]),
  state: text('state', { enum: ['open', 'resolved'] }).notNull().default('open'),
  openedAt: createdInstant('opened_at'),
  resolvedAt: instant('resolved_at'),
  resolvedBy: uuid('resolved_by'),
  page: integer('page').notNull().default(0),
  /** The colleague who looks after it. */
  assignedTo: uuid('assigned_to'),
  /** How a person closed it; null while open, and when a later attempt did. */
  reason: text('reason', { enum: exceptionReasons }),
  /** `data` is what a person made of it; further attempts take that. */
  edited: boolean('edited').notNull().default(false),
}, (t) => [
  index('exception_run_idx').on(t.runId, t.page),
  index('exception_retailer_idx').on(t.retailerId, t.state, t.openedAt.desc()),
]);

/** What happened to an exception, written by a trigger whoever changes it; notes and retries by the web. `actor` is a user id, or 'engine'. */
export const exceptionEvent = pgTable('exception_event', {
  id: id().primaryKey(),
  ...tenant(),
  exceptionId: uuid('exception_id').notNull(),
  at: createdInstant('at'),
  actor: text('actor').notNull(),
  kind: text('kind', { enum: ['opened', 'assigned', 'edited', 'retried', 'resolved', 'reopened', 'noted'] }).notNull(),
  detail: text('detail').notNull().default(''),
}, (t) => [index('exception_event_idx').on(t.exceptionId)]);

/** A trial of a draft in the designer. `result` is JSON text of TestResult. */
export const testRun = pgTable('test_run', {
  id: id().primaryKey(),
  ...tenant(),
  flowId: uuid('flow_id').notNull(),
  doc: text('doc').notNull(),
  triggerNodeId: text('trigger_node_id').notNull(),
  body: text('body').notNull().default(''),
  /** JSON text. */
  headers: text('headers').notNull().default('{}'),
  sendWrites: boolean('send_writes').notNull().default(false),
  /** The steps that lead to this node, and it; null: to the end. */
  untilNodeId: text('until_node_id'),
  /** This node alone; `body` is the record that arrives there. */
  onlyNodeId: text('only_node_id'),
  state: text('state', { enum: ['queued', 'running', 'done', 'failed'] }).notNull().default('queued'),
  result: text('result'),
  createdBy: uuid('created_by'),
  createdAt: createdInstant('created_at'),
  finishedAt: instant('finished_at'),
});
