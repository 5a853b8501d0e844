import type { Lease } from '../lanes/lease.ts';
import { pgTexts } from '../pg-array.ts';
import { fencedStatement, fenceOf, fenceShape } from './fenced-statement.ts';
import type { RunWrite } from './run-write.ts';
import { bigint, bool, code, integer, json, moment, tableShape, text, texts, uuid, type Cell } from './table-writer.ts';

const tenant = [uuid('partner_id'), uuid('retailer_id')];

const runs = tableShape([
  uuid('id'), ...tenant, uuid('flow_id'), uuid('version_id'), integer('version_number'), uuid('event_id'), moment('event_received_at'),
  code('node_id'), code('trigger'), code('state'), integer('attempt'), moment('started_at'), moment('finished_at'), integer('duration_ms'),
  integer('records_in'), integer('records_failed'), texts('business_keys'), code('failure_class'), text('failure_code'), text('failure_message'),
  moment('next_attempt_at'), integer('pages'), code('waiting_code'),
]);
const steps = tableShape([
  uuid('run_id'), code('node_id'), integer('attempt'), ...tenant, code('state'), integer('records_in'), integer('records_out'), json('outputs'),
  integer('records_failed'), moment('started_at'), integer('duration_ms'), text('logs'),
]);
const payloads = tableShape([uuid('run_id'), code('node_id'), integer('attempt'), ...tenant, text('body')]);
const exchanges = tableShape([
  uuid('id'), ...tenant, uuid('run_id'), code('node_id'), text('record_key'), integer('attempt'), uuid('connection_id'), code('method'), text('url'),
  text('request_headers'), text('request_body'), integer('status'), text('response_headers'), text('response_body'), code('failure_class'),
  code('failure_code'), moment('started_at'), integer('duration_ms'), integer('page'),
]);
const effects = tableShape([
  code('key'), ...tenant, uuid('run_id'), code('node_id'), text('record_key'), uuid('connection_id'), code('operation'), texts('business_keys'),
  code('request_hash'), code('status'), uuid('exchange_id'), moment('applied_at'), integer('page'),
]);
const exceptions = tableShape([
  uuid('id'), ...tenant, uuid('flow_id'), uuid('run_id'), code('node_id'), text('record_key'), code('class'), text('code'), text('message'),
  text('data'), texts('business_keys'), moment('opened_at'), integer('page'),
]);
const resolved = tableShape([uuid('run_id'), code('node_id'), text('record_key')]);
const done = tableShape([uuid('flow_id'), integer('lane'), bigint('seq')]);
const kept = tableShape([uuid('flow_id'), integer('lane'), bigint('seq'), uuid('run_id'), integer('attempt'), moment('due_at'), code('waiting_code'),
  text('waiting_ref'), bool('lets_pass')]);

const shapes = { fence: fenceShape, runs, steps, payloads, exchanges, effects, exceptions, resolved, done, kept };
type Part = keyof typeof shapes;
const { rowsOf, insert, noRows, parameters } = fencedStatement<Part>(shapes);

/**
 * The journal of a few dozen runs in one statement: one round trip, one commit, planned once. Arrays with unnest cost
 * Postgres 67 µs a row with a 2-KB body, json_to_recordset 88; the client 49 and 34 (busy machine, batches of 30). `fence` locks the lanes whose lease is still ours; rows of others join
 * nothing and are dropped.
 *
 * Every part may be repeated after a lost connection: what is there already is left, or written over with the same.
 */
export const JOURNAL_SQL = `
WITH ${fenceOf(rowsOf('fence'))}, w_run AS (
  ${insert('runs', 'run', `(id) DO UPDATE SET state = excluded.state, attempt = excluded.attempt, finished_at = excluded.finished_at,
    duration_ms = excluded.duration_ms, records_in = excluded.records_in, records_failed = excluded.records_failed, failure_class = excluded.failure_class,
    failure_code = excluded.failure_code, failure_message = excluded.failure_message, next_attempt_at = excluded.next_attempt_at,
    pages = excluded.pages, waiting_code = excluded.waiting_code, updated_at = now()`)}
), w_step AS (
  ${insert('steps', 'step', `(run_id, node_id, attempt) DO UPDATE SET state = excluded.state, records_in = excluded.records_in,
    records_out = excluded.records_out, outputs = excluded.outputs, records_failed = excluded.records_failed, started_at = excluded.started_at,
    duration_ms = excluded.duration_ms, logs = excluded.logs`)}
), w_payload AS (
  ${insert('payloads', 'payload', '(run_id, node_id, attempt) DO UPDATE SET body = excluded.body')}
), w_exchange AS (
  ${insert('exchanges', 'exchange', 'DO NOTHING')}
), w_effect AS (
  ${insert('effects', 'effect', `(key) DO UPDATE SET status = excluded.status, exchange_id = excluded.exchange_id,
    request_hash = excluded.request_hash, applied_at = excluded.applied_at WHERE effect.status <> 'done'`)}
), w_exception AS (
  ${insert('exceptions', 'exception', 'DO NOTHING')}
), w_resolved AS (
  UPDATE exception x SET state = 'resolved', resolved_at = now() FROM ${rowsOf('resolved')} JOIN fence USING (ref)
  WHERE x.run_id = r.run_id AND x.node_id = r.node_id AND x.record_key = r.record_key AND x.state = 'open'
), w_done AS (
  DELETE FROM lane_entry e USING ${rowsOf('done')} JOIN fence USING (ref)
  WHERE e.flow_id = r.flow_id AND e.lane = r.lane AND e.seq = r.seq
), w_kept AS (
  UPDATE lane_entry e SET run_id = r.run_id, attempt = r.attempt, due_at = coalesce(to_timestamp(r.due_at / 1000), e.due_at),
    waiting_code = coalesce(r.waiting_code, e.waiting_code), lets_pass = coalesce(r.lets_pass, e.lets_pass),
    waiting_ref = CASE WHEN r.waiting_code IS NULL THEN e.waiting_ref ELSE r.waiting_ref END
  FROM ${rowsOf('kept')} JOIN fence USING (ref)
  WHERE e.flow_id = r.flow_id AND e.lane = r.lane AND e.seq = r.seq
)
SELECT ref FROM fence`;

/** The statement's parameters for these writes, and the lanes its `ref`s stand for. */
export function journalParameters(writes: readonly RunWrite[]): { parameters: string[]; leases: Lease[] } {
  const refs = new Map<Lease, number>();
  const rows = noRows();
  for (const write of writes) {
    let ref = refs.get(write.lease);
    if (ref === undefined) {
      ref = refs.size;
      refs.set(write.lease, ref);
      rows.fence.push([ref, write.lease.flowId, write.lease.lane, write.lease.epoch]);
    }
    addRun(rows, ref, write);
    addDetails(rows, ref, write);
  }
  return { parameters: parameters(rows), leases: [...refs.keys()] };
}

function addRun(rows: Record<Part, Cell[][]>, ref: number, write: RunWrite): void {
  const { head, lease, entry, failure } = write;
  const keys = head.businessKeys.length === 0 ? '{}' : pgTexts(head.businessKeys);
  rows.runs.push([
    ref, head.runId, head.partnerId, head.retailerId, head.flowId, head.versionId, head.versionNumber, head.eventId, head.receivedAt, head.nodeId,
    head.trigger, write.state, head.attempt, head.startedAt, write.finishedAt, write.finishedAt === null ? null : Math.round(write.finishedAt - head.startedAt),
    write.recordsIn, write.recordsFailed, keys, failure?.class ?? null, failure?.code ?? null, failure?.message.slice(0, 4000) ?? null, write.nextAttemptAt,
    write.pages, write.waitingCode,
  ]);
  if (entry.type === 'done') rows.done.push([ref, lease.flowId, lease.lane, head.seq]);
  else if (entry.type === 'later') rows.kept.push([ref, lease.flowId, lease.lane, head.seq, head.runId, entry.attempt, entry.dueAt, entry.code, entry.ref, entry.letsPass ? 'true' : 'false']);
  else rows.kept.push([ref, lease.flowId, lease.lane, head.seq, head.runId, entry.attempt, null, null, null, null]);
}

function addDetails(rows: Record<Part, Cell[][]>, ref: number, write: RunWrite): void {
  const { head } = write;
  const { runId, partnerId, retailerId } = head;
  for (const step of write.steps) {
    rows.steps.push([
      ref, runId, step.nodeId, step.attempt, partnerId, retailerId, step.state, step.recordsIn, step.recordsOut, JSON.stringify(step.outputs),
      step.recordsFailed, step.startedAt, Math.round(step.durationMs), step.logs.length === 0 ? null : step.logs.join('\n'),
    ]);
    if (step.payload !== null) rows.payloads.push([ref, runId, step.nodeId, step.attempt, partnerId, retailerId, step.payload]);
  }
  for (const call of write.exchanges) {
    rows.exchanges.push([
      ref, call.id, partnerId, retailerId, runId, call.nodeId, call.recordKey, call.attempt, call.connectionId, call.method, call.url, call.requestHeaders,
      call.requestBody, call.status, call.responseHeaders, call.responseBody, call.failureClass, call.failureCode, call.startedAt, Math.round(call.durationMs),
      call.page,
    ]);
  }
  for (const effect of write.effects) {
    const keys = effect.request.businessKeys;
    rows.effects.push([
      ref, effect.key, partnerId, retailerId, runId, effect.nodeId, effect.recordKey, effect.request.connectionId, effect.request.method,
      keys && keys.length > 0 ? pgTexts(keys) : '{}', effect.requestHash, effect.status, effect.exchangeId, effect.at, effect.page,
    ]);
  }
  for (const one of write.exceptions) {
    const keys = head.businessKeys.length === 0 ? '{}' : pgTexts(head.businessKeys);
    rows.exceptions.push([
      ref, one.id, partnerId, retailerId, head.flowId, runId, one.nodeId, one.record.key, one.class, one.code, one.message.slice(0, 4000), one.dataText, keys, one.at, one.page,
    ]);
  }
  for (const [nodeId, recordKey] of write.resolved) rows.resolved.push([ref, runId, nodeId, recordKey]);
}

