import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Json } from '#engine/flow/json.ts';
import type { DataRecord } from '#engine/nodes/step.ts';
import { effectKey } from '#engine/run/effect-key.ts';
import type { EffectRecord, PageState, StepRecord } from '#engine/run/journal.ts';
import { generateSealingKey, publicKeyOf } from '#engine/vault/seal.ts';
import { testDatabase } from '#engine/testing/database.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { LiveSeed, type LiveFlowIds } from '#engine/testing/seed-live-flow.ts';
import { openDatabase, type Database } from '../database.ts';
import { acquireLanes, type Lease } from '../lanes/lease.ts';
import { loadResumed } from '../lanes/load-entries.ts';
import { createJournalWriter, type JournalWriter } from './journal-writer.ts';
import { HostRunJournal, NO_MEMORY } from './run-journal.ts';
import type { ExchangeRecord, RunHead } from './run-write.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let engine: Database;
let seed: LiveSeed;
let writer: JournalWriter;
let flow: LiveFlowIds;
let lease: Lease;
let head: RunHead;

beforeAll(async () => {
  database = await testDatabase();
  engine = openDatabase(database.engineUrl);
  seed = new LiveSeed(database.ownerUrl, await publicKeyOf((await generateSealingKey()).privateKey));
  writer = createJournalWriter(engine.journal, { log: pino({ level: 'silent' }), written: () => undefined });
  flow = await seed.liveFlow(await seed.tenant('Hazel'), new FlowBuilder().node('start', 'manual-trigger').build());
});
afterAll(async () => {
  await writer?.close();
  await engine?.close();
  await seed?.close();
  await database?.drop();
});

let lane = 0;
beforeEach(async () => {
  const { partnerId, retailerId, flowId, versionId } = flow;
  lane += 1;
  await seed.sql`insert into lane (flow_id, number, partner_id, retailer_id) values (${flowId}, ${lane}, ${partnerId}, ${retailerId})`;
  const [taken] = await acquireLanes(engine.sql, 'test', [{ flowId, lane }]);
  if (!taken) throw new Error('no lane');
  lease = taken;
  head = {
    runId: uuidv7(), partnerId, retailerId, flowId, environment: 'production', versionId, versionNumber: 1, eventId: uuidv7(), receivedAt: Date.now(), nodeId: 'start',
    trigger: 'webhook', startedAt: Date.now(), businessKeys: [], attempt: 1, seq: 1,
  };
  await seed.sql`insert into lane_entry (flow_id, lane, seq, partner_id, retailer_id, event_id, received_at, due_at)
    values (${flowId}, ${lane}, 1, ${partnerId}, ${retailerId}, ${head.eventId}, now(), now())`;
});

const journal = (memory = NO_MEMORY) => new HostRunJournal(head, lease, { writer, memory });
/** As after a crash: what another process would know of the run. */
async function resumed() {
  const found = await loadResumed(engine.sql, head.runId, head.eventId);
  if (!found) throw new Error('The run is not there.');
  return found.memory;
}

function page(number: number, over: Partial<PageState> = {}): PageState {
  return {
    nodeId: 'source', recordKey: '0', number, page: number, body: JSON.stringify([{ sku: `p${number}` }]), next: number + 1, carries: { batch: { open: [number] } },
    totals: {}, recordsIn: number, recordsFailed: 0, failure: null, refused: null, attempt: 1, checkpoints: { poll: 820982911946154508n }, done: false, ...over,
  };
}

function exchange(recordKey: string, over: Partial<ExchangeRecord> = {}): ExchangeRecord {
  return {
    id: uuidv7(), nodeId: 'erp', recordKey, attempt: 1, connectionId: null, method: 'POST', url: 'https://far.example/', requestHeaders: '{}', requestBody: '{}',
    status: 200, responseHeaders: '{}', responseBody: '{"ok":true}', failureClass: null, failureCode: null, startedAt: Date.now(), durationMs: 1, ...over,
  };
}

function effect(recordKey: string, page: number, exchangeId: string): EffectRecord {
  const request = { recordKey, connectionId: null, method: 'POST', url: '/', query: [], headers: [], body: '{}', timeoutMs: 1, idempotencyHeader: null };
  const result = { ok: true as const, status: 200, headers: {}, bodyText: '{"ok":true}', exchangeId };
  return { key: effectKey(head.eventId, 'erp', recordKey), nodeId: 'erp', recordKey, writes: true, request, result, status: 'done', page };
}

function step(attempt: number, over: Partial<StepRecord> = {}): StepRecord {
  return {
    nodeId: 'map', attempt, state: 'succeeded', recordsIn: 1, recordsOut: 1, outputs: { out: 1 }, recordsFailed: 0, startedAt: Date.now(), durationMs: 1, logs: [],
    payload: null, ...over,
  };
}
const detail = (records: DataRecord[] = []) => ({ records: [], output: { outputs: { out: records }, failures: [] } });
const ended = { state: 'succeeded' as const, recordsIn: 1, recordsFailed: 0, failure: null, retry: null };
const checkpoints = () => seed.sql`select name, version, value from checkpoint where run_id = ${head.runId} order by name, version`;

/** Works on a page: one call, one memory, one exception. */
function work(on: HostRunJournal, number: number): void {
  const key = `0.p${number}.0`;
  const call = exchange(key);
  on.exchange(call, number);
  on.effect(effect(key, number, call.id));
  on.remember({ nodeId: 'wait', recordKey: key, value: number, page: number });
  on.exception({ nodeId: 'erp', record: { key: `0.p${number}.1`, data: {} }, page: number, class: 'data', code: 'bad', message: '' });
}

describe('a paged run', () => {
  test('is taken up with the page under way and what lies outside of pages, nothing else', async () => {
    const first = journal();
    first.remember({ nodeId: 'wait', recordKey: '0', value: 7, page: 0 });
    for (const number of [1, 2, 3]) {
      first.turnPage(page(number));
      await first.sync();
      work(first, number);
    }
    await first.sync();
    const memory = await resumed();
    expect(memory.page).toEqual(page(3));
    expect([...memory.settled.keys()]).toEqual([effectKey(head.eventId, 'erp', '0.p3.0')]);
    expect([...memory.memories]).toEqual(expect.arrayContaining([['wait 0', 7], ['wait 0.p3.0', 3]]));
    expect(memory.memories.size).toBe(2);
    expect([...memory.openExceptions]).toEqual(['erp 0.p3.1']);
    const [run] = await seed.sql`select pages, state, records_in from run where id = ${head.runId}`;
    expect(run).toMatchObject({ pages: 3, state: 'running', records_in: 3 });
  });

  test('ends with its page and memories gone; exceptions of pages before stay open', async () => {
    const first = journal();
    for (const number of [1, 2]) {
      first.turnPage(page(number));
      work(first, number);
      await first.sync();
    }
    const second = journal(await resumed());
    expect(second.pageUnderWay?.page).toBe(2);
    await second.finish({ ...ended, state: 'failed', recordsIn: 20 }, true);
    expect(await seed.sql`select records_in from run where id = ${head.runId}`).toMatchObject([{ records_in: 20 }]);
    expect(await seed.sql`select 1 from run_page where run_id = ${head.runId}`).toHaveLength(0);
    expect(await seed.sql`select 1 from run_memo where run_id = ${head.runId}`).toHaveLength(0);
    expect((await seed.sql`select page, state from exception where run_id = ${head.runId} order by page`).map((row) => `${row.page} ${row.state}`)).toEqual(['1 open', '2 resolved']);
    expect(await seed.sql`select 1 from lane_entry where event_id = ${head.eventId}`).toHaveLength(0);
  });

  test('tells a step once an attempt, with the sums of the last page and the payload of the first', async () => {
    const one = journal();
    one.step(step(1, { pages: 1, payload: '{"out":[{"key":"0"}]}' }), detail());
    one.step(step(1, { pages: 2, recordsIn: 2 }), detail());
    await one.sync();
    one.step(step(1, { pages: 3, recordsIn: 3 }), detail());
    await one.finish(ended, true);
    const rows = await seed.sql`select s.records_in, p.body from step s join payload p using (run_id, node_id, attempt) where s.run_id = ${head.runId}`;
    expect(rows).toMatchObject([{ records_in: 3, body: '{"out":[{"key":"0"}]}' }]);
  });
});

describe('checkpoints', () => {
  test('count with the next page or the end, not before', async () => {
    const one = journal();
    one.turnPage(page(1));
    one.checkpoint('poll', '2026-01-01');
    await one.sync();
    expect(await checkpoints()).toHaveLength(0);
    one.turnPage(page(2));
    await one.sync();
    expect(await checkpoints()).toMatchObject([{ name: 'poll', version: 1, value: '"2026-01-01"' }]);
    one.checkpoint('poll', '2026-01-02');
    one.checkpoint('poll', '2026-01-03');
    expect(one.checkpointSet('poll')).toBe('"2026-01-03"');
    await one.finish(ended, true);
    expect((await checkpoints()).map((row) => row.value)).toEqual(['"2026-01-01"', '"2026-01-03"']);
  });

  test('are dropped when the attempt waits, or the lane was taken over', async () => {
    const waits = journal();
    waits.checkpoint('var', 1);
    await waits.finish({ ...ended, state: 'waiting', retry: { at: Date.now() + 60_000, spendsAttempt: false, code: 'wait', ref: 'node', letsOthersPass: true } }, true);
    const [entry] = await seed.sql`select waiting_code, waiting_ref, lets_pass, run_id from lane_entry where event_id = ${head.eventId}`;
    expect(entry).toEqual({ waiting_code: 'wait', waiting_ref: 'node', lets_pass: true, run_id: head.runId });
    await seed.sql`update lane set lease_epoch = lease_epoch + 1 where flow_id = ${head.flowId} and number = ${lane}`;
    const zombie = journal();
    zombie.turnPage(page(9));
    zombie.checkpoint('var', 2);
    await zombie.finish(ended, true);
    expect(lease.lost).toBe(true);
    expect(await checkpoints()).toHaveLength(0);
    expect(await seed.sql`select 1 from run_page where run_id = ${head.runId}`).toHaveLength(0);
  });
});

test('a run that failed keeps what its steps remember, but for the records that failed', async () => {
  const one = journal();
  for (const recordKey of ['0', '1', '2']) one.remember({ nodeId: 'call', recordKey, value: 1, page: 0 });
  await one.sync();
  one.remember({ nodeId: 'call', recordKey: '3', value: 1, page: 0 });
  for (const key of ['1', '3']) one.exception({ nodeId: 'call', record: { key, data: null }, page: 0, class: 'data', code: 'bad', message: '' });
  await one.finish({ ...ended, state: 'failed' }, true);
  const memory = await resumed();
  expect([...memory.memories.keys()].toSorted()).toEqual(['call 0', 'call 2']);
  expect(memory.byHand).toBe(true);
});

test('what is too long to keep is kept in part, with its true size', async () => {
  const one = journal();
  const records = Array.from({ length: 300 }, (_, at): DataRecord => ({ key: `0.${at}`, data: { text: 'x'.repeat(10_000) } }));
  const payload = JSON.stringify({ out: records });
  one.step(step(1, { payload, recordsOut: 300 }), detail(records));
  const [read, write] = [exchange('0', { method: 'GET', responseBody: 'r'.repeat(2_000_000) }), exchange('1', { requestBody: 'q'.repeat(400_000), responseBody: 'w'.repeat(2_000_000) })];
  for (const call of [read, write]) one.exchange(call);
  one.effect({ ...effect('0', 0, read.id), writes: false });
  one.effect(effect('1', 0, write.id));
  await one.sync();
  const [row] = await seed.sql`select body from payload where run_id = ${head.runId}`;
  const body: Record<string, Json> = JSON.parse(String(row?.body));
  expect(String(row?.body).length).toBeLessThan(1_001_000);
  expect(body['~truncated']).toEqual({ size: payload.length, records: 300, kept: 99 });
  expect(body['out']).toHaveLength(99);
  const [sent] = await seed.sql`select request_body, length(response_body) as answer from exchange where id = ${write.id}`;
  expect(sent).toMatchObject({ answer: 2_000_000 });
  expect(JSON.parse(String(sent?.request_body))).toMatchObject({ '~truncated': { size: 400_000 } });
  // The read is made again, the write is not.
  expect([...(await resumed()).settled.keys()]).toEqual([effectKey(head.eventId, 'erp', '1')]);
});
