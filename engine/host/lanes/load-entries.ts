import { parseJson, type Json } from '#engine/flow/json.ts';
import type { CallResult, FailureClass } from '#engine/nodes/step.ts';
import { effectKey } from '#engine/run/effect-key.ts';
import type { Sql } from '../database.ts';
import { isMark } from '../journal/caps.ts';
import { readPage, type PageText } from '../journal/page-text.ts';
import { recordName, type RunMemory } from '../journal/run-journal.ts';
import { pgArray } from '../pg-array.ts';
import type { Entry, EventBody } from './entry.ts';
import type { LaneId } from './lease.ts';

interface EntryRow {
  seq: string;
  event_id: string;
  received_at: Date;
  run_id: string | null;
  ordering_key: string | null;
  attempt: number;
  due_at: Date;
  waiting_code: string | null;
  waiting_ref: string | null;
  lets_pass: boolean;
}

/**
 * The next events of a lane after `after`, in order; of the first few, those that are due, the bodies come with them, which saves
 * a round trip before they run.
 */
export async function loadEntries(sql: Sql, lane: LaneId, page: { after: number; limit: number; bodies: number }): Promise<Entry[]> {
  const rows = await sql<(EntryRow & Partial<BodyRow>)[]>`
    select e.seq, e.event_id, e.received_at, e.run_id, e.ordering_key, e.attempt, e.due_at, e.waiting_code, e.waiting_ref, e.lets_pass, i.*
    from (
      select *, row_number() over (order by seq) as place from lane_entry
      where flow_id = ${lane.flowId} and lane = ${lane.lane} and seq > ${page.after} order by seq limit ${page.limit}
    ) e
    left join lateral (
      select i.id, i.environment, i.node_id, i.trigger, i.test, i.body from inbox i where i.received_at = e.received_at and i.id = e.event_id limit 1
    ) i on e.place <= ${page.bodies} and e.due_at <= now() order by e.seq`;
  return rows.map((row) => ({
    seq: Number(row.seq),
    eventId: row.event_id,
    receivedAt: row.received_at.getTime(),
    runId: row.run_id,
    orderingKey: row.ordering_key,
    attempt: row.attempt,
    dueAt: row.due_at.getTime(),
    waitingCode: row.waiting_code,
    waitingRef: row.waiting_ref,
    letsPass: row.lets_pass,
    body: isBody(row) ? bodyOf(row) : null,
  }));
}

interface BodyRow {
  id: string;
  environment: string;
  node_id: string;
  trigger: EventBody['trigger'];
  test: boolean;
  body: string;
}

/** Stands for an event whose inbox row is gone: it names no node, so its run fails and says so. */
const GONE: EventBody = { environment: 'production', nodeId: '', trigger: 'webhook', test: false, text: '', data: undefined };

/** Fills in the bodies of these entries. */
export async function loadBodies(sql: Sql, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  // Lateral with a limit: one look into one partition's index per event. A plain join was planned as a hash over whole
  // partitions: 0.6 ms an event at 7,000 rows, and growing with the table.
  const rows = await sql<BodyRow[]>`
    select i.* from unnest(${pgArray(entries.map((entry) => new Date(entry.receivedAt).toISOString()))}::timestamptz[], ${pgArray(entries.map((entry) => entry.eventId))}::uuid[]) as w (received_at, id)
    cross join lateral (
      select i.id, i.environment, i.node_id, i.trigger, i.test, i.body from inbox i where i.received_at = w.received_at and i.id = w.id limit 1
    ) i`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const entry of entries) {
    const row = byId.get(entry.eventId);
    entry.body = row ? bodyOf(row) : GONE;
  }
}

function isBody(row: Partial<BodyRow>): row is BodyRow {
  return typeof row.id === 'string';
}

function bodyOf(row: BodyRow): EventBody {
  return { environment: row.environment, nodeId: row.node_id, trigger: row.trigger, test: row.test, text: row.body, data: undefined };
}

interface RunRow {
  version_id: string;
  started_at: Date;
  finished_at: Date | null;
}

interface ExchangeRow {
  id: string;
  node_id: string;
  record_key: string;
  status: number | null;
  response_headers: string | null;
  response_body: string | null;
  failure_class: FailureClass | null;
  failure_code: string | null;
}

interface EffectRow {
  key: string;
  status: 'done' | 'failed';
  operation: string;
  exchange_id: string | null;
}

export interface Resumed {
  versionId: string;
  startedAt: number;
  memory: RunMemory;
}

interface MemoRow {
  node_id: string;
  record_key: string;
  value: string;
}

/**
 * What earlier attempts of a run settled. A run that had ended and was put back by a person keeps what was done in the world,
 * and forgets what was refused or only read: that is what the person wants tried again. Of a paged run only the page under way
 * and what lies outside of pages is loaded, however long it has been running.
 */
export async function loadResumed(sql: Sql, runId: string, eventId: string): Promise<Resumed | null> {
  const near = sql`page in (0, coalesce((select p.page from run_page p where p.run_id = ${runId}), 0))`;
  const [[run], [page], exchanges, exceptions, memos] = await Promise.all([
    sql<RunRow[]>`select version_id, started_at, finished_at from run where id = ${runId}`,
    sql<PageText[]>`select body, carries, state from run_page where run_id = ${runId}`,
    sql<ExchangeRow[]>`
      select id, node_id, record_key, status, response_headers, response_body, failure_class, failure_code from exchange where run_id = ${runId} and ${near}`,
    sql<{ node_id: string; record_key: string }[]>`
      select node_id, record_key from exception where run_id = ${runId} and ${near} and state = 'open'`,
    sql<MemoRow[]>`select node_id, record_key, value from run_memo where run_id = ${runId} and ${near}`,
  ]);
  if (!run) return null;
  const openExceptions = new Set(exceptions.map((row) => recordName(row.node_id, row.record_key)));
  const memories = new Map<string, Json>(memos.map((row) => [recordName(row.node_id, row.record_key), parseJson(row.value)]));
  const byHand = run.finished_at !== null;
  const settled = await settledEffects(sql, { eventId, exchanges, byHand });
  const memory = { settled, openExceptions, memories, page: page ? readPage(page) : null, byHand };
  return { versionId: run.version_id, startedAt: run.started_at.getTime(), memory };
}

/** The ledger is found by key; the keys follow from the calls the run has recorded. */
async function settledEffects(sql: Sql, of: { eventId: string; exchanges: ExchangeRow[]; byHand: boolean }): Promise<Map<string, CallResult>> {
  if (of.exchanges.length === 0) return new Map();
  const keys = [...new Set(of.exchanges.map((row) => effectKey(of.eventId, row.node_id, row.record_key)))];
  const effects = await sql<EffectRow[]>`select key, status, operation, exchange_id from effect where key = any(${pgArray(keys)}::text[])`;
  const byId = new Map(of.exchanges.map((row) => [row.id, row]));
  // A read whose long answer was not kept is made again.
  const isWhole = (effect: EffectRow) => !isMark(byId.get(effect.exchange_id ?? '')?.response_body ?? null);
  const kept = of.byHand ? effects.filter((effect) => effect.status === 'done' && !isRead(effect.operation)) : effects;
  return new Map(kept.filter(isWhole).map((effect) => [effect.key, answerOf(effect, byId.get(effect.exchange_id ?? ''))]));
}

function isRead(operation: string): boolean {
  return operation === 'GET' || operation === 'HEAD' || operation === 'OPTIONS';
}

function answerOf(effect: EffectRow, exchange: ExchangeRow | undefined): CallResult {
  const bodyText = exchange?.response_body ?? '';
  const status = exchange?.status ?? null;
  const exchangeId = effect.exchange_id ?? '';
  if (effect.status === 'done') return { ok: true, status: status ?? 200, headers: headersOf(exchange?.response_headers ?? null), bodyText, exchangeId };
  return {
    ok: false,
    class: exchange?.failure_class ?? 'data',
    code: exchange?.failure_code ?? `http_${status ?? 0}`,
    message: bodyText.slice(0, 2000),
    bodyText,
    exchangeId,
    ...(status === null ? {} : { status }),
  };
}

function headersOf(text: string | null): Record<string, string> {
  const headers: Record<string, string> = {};
  if (text === null) return headers;
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null) return headers;
  for (const [name, value] of Object.entries(parsed)) if (typeof value === 'string') headers[name] = value;
  return headers;
}
