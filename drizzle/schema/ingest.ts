import { sql } from 'drizzle-orm';
import { bigint, boolean, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdInstant, instant, tenant } from './columns.ts';
import { flow } from './flows.ts';

/** A secret address events come in at: POST /in/<key>. The key alone finds the tenant. One per flow, node and environment. */
export const endpoint = pgTable('endpoint', {
  key: text('key').primaryKey(),
  ...tenant(),
  flowId: uuid('flow_id').notNull(),
  nodeId: text('node_id').notNull(),
  environment: text('environment').notNull().default('production'),
  createdAt: createdInstant('created_at'),
}, (t) => [
  unique('endpoint_node_key').on(t.flowId, t.nodeId, t.environment),
  foreignKey({ columns: [t.partnerId, t.retailerId, t.flowId], foreignColumns: [flow.partnerId, flow.retailerId, flow.id] }).onDelete('cascade'),
]);

/**
 * Every event as it arrived. Partitioned by day of `receivedAt` (weft_ensure_partitions), so address a row by
 * (received_at, id); both are in lane_entry, inbox_key and run. Written by weft_accept only. No foreign keys: thousands a second.
 */
export const inbox = pgTable('inbox', {
  receivedAt: instant('received_at').notNull(),
  id: uuid('id').notNull(),
  ...tenant(),
  flowId: uuid('flow_id').notNull(),
  environment: text('environment').notNull(),
  /** Null for events that came through no endpoint (schedule, manual, api). */
  endpointKey: text('endpoint_key'),
  nodeId: text('node_id').notNull(),
  trigger: text('trigger', { enum: ['webhook', 'schedule', 'manual', 'api', 'poll', 'flow'] }).notNull(),
  lane: integer('lane').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  orderingKey: text('ordering_key'),
  deliveryId: text('delivery_id'),
  /** JSON text of the kept request headers. */
  headers: text('headers').notNull(),
  body: text('body').notNull(),
  contentType: text('content_type').notNull(),
  test: boolean('test').notNull().default(false),
}, (t) => [
  primaryKey({ columns: [t.receivedAt, t.id] }),
  index('inbox_flow_idx').on(t.flowId, t.receivedAt),
]);

/** Which deliveries were taken already: at most one event per (flow, delivery id). Apart from inbox, for a unique index there would have to contain the day. */
export const inboxKey = pgTable('inbox_key', {
  flowId: uuid('flow_id').notNull(),
  deliveryId: text('delivery_id').notNull(),
  ...tenant(),
  eventId: uuid('event_id').notNull(),
  receivedAt: instant('received_at').notNull(),
}, (t) => [primaryKey({ columns: [t.flowId, t.deliveryId] })]);

/**
 * Head row of a lane. Who may change what:
 * - weft_accept: nextSeq, rung, rungAt, rungSeq (takes FOR NO KEY UPDATE; inserted on first use);
 * - takeover of the lease: SELECT … FOR UPDATE, then leaseOwner, leaseEpoch + 1, leaseUntil; it also sets rung = false when it
 *   begins to drain, so that an event accepted from then on rings again;
 * - journal writes fence with SELECT … WHERE lease_epoch = $mine FOR KEY SHARE: does not disturb ingest, waits for a takeover.
 */
export const lane = pgTable('lane', {
  flowId: uuid('flow_id').notNull(),
  number: integer('number').notNull(),
  ...tenant(),
  /** The seq the next event gets; starts at 1, no gaps, order of commit. */
  nextSeq: bigint('next_seq', { mode: 'number' }).notNull().default(1),
  /** A doorbell is on its way: nobody else needs to ring. */
  rung: boolean('rung').notNull().default(false),
  rungAt: instant('rung_at'),
  /** nextSeq at the moment of the last ring; tells weft_accept whether its own update was the one that rang. */
  rungSeq: bigint('rung_seq', { mode: 'number' }).notNull().default(0),
  leaseOwner: text('lease_owner'),
  leaseEpoch: bigint('lease_epoch', { mode: 'number' }).notNull().default(0),
  leaseUntil: instant('lease_until'),
}, (t) => [primaryKey({ columns: [t.flowId, t.number] })]);

/** Events not yet terminal, the queue of a lane. Inserted by weft_accept and weft_reenqueue, deleted by the worker. */
export const laneEntry = pgTable('lane_entry', {
  flowId: uuid('flow_id').notNull(),
  lane: integer('lane').notNull(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
  ...tenant(),
  eventId: uuid('event_id').notNull(),
  receivedAt: instant('received_at').notNull(),
  /** Null until the first attempt has begun. */
  runId: uuid('run_id'),
  orderingKey: text('ordering_key'),
  /** Number of the attempt that is to be made: 1 for a fresh event. */
  attempt: integer('attempt').notNull().default(1),
  /** Not before this moment. */
  dueAt: instant('due_at').notNull(),
  /** Why it waits: a failure's code, or the reason of a hold; kept while the next attempt runs. `waitingRef`: the connection, approval … */
  waitingCode: text('waiting_code'),
  waitingRef: text('waiting_ref'),
  /** Later entries of the same ordering key need not wait behind it. */
  letsPass: boolean('lets_pass').notNull().default(false),
}, (t) => [primaryKey({ columns: [t.flowId, t.lane, t.seq] }), index('lane_entry_waiting_idx').on(t.eventId).where(sql`waiting_code IS NOT NULL`)]);
