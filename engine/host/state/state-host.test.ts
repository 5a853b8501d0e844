import { pino } from 'pino';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSealingKey, publicKeyOf } from '#engine/vault/seal.ts';
import type { Json } from '#engine/flow/json.ts';
import { testDatabase } from '#engine/testing/database.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { LiveSeed, type Tenant } from '#engine/testing/seed-live-flow.ts';
import { until } from '#engine/testing/until.ts';
import { startBoss } from '../boss.ts';
import { createFlows } from '../config/flows.ts';
import { openDatabase, type Database } from '../database.ts';
import { createInbox } from '../inbox/accept-events.ts';
import { startState, type State } from './start-state.ts';
import type { StateRun } from './state-run.ts';
import { sweepState } from './sweep-state.ts';

const log = pino({ level: 'silent' });
let database: Awaited<ReturnType<typeof testDatabase>>;
let engine: Database;
let boss: Awaited<ReturnType<typeof startBoss>>;
let seed: LiveSeed;
let tenant: Tenant;
let state: State;
let flowId = '';
const rung: { flowId: string; lane: number }[] = [];

beforeAll(async () => {
  database = await testDatabase();
  engine = openDatabase(database.engineUrl);
  boss = await startBoss(database.engineUrl, { log, scheduler: false });
  seed = new LiveSeed(database.ownerUrl, await publicKeyOf((await generateSealingKey()).privateKey));
  tenant = await seed.tenant('Elm');
  const flows = createFlows(engine.sql);
  const inbox = createInbox({ sql: engine.accept, boss, manager: null, log });
  state = await startState({ sql: engine.sql, log, flows, ring: async (lanes) => void rung.push(...lanes), accept: (event) => inbox.accept(event), anyLane: () => 0 });
  flowId = (await seed.liveFlow(tenant, new FlowBuilder().node('start', 'manual-trigger').build())).flowId;
});

afterAll(async () => {
  await state?.stop();
  await boss?.stop({ graceful: false, close: true });
  await engine?.close();
  await seed?.close();
  await database?.drop();
});

let clock = Date.now();
/** A run as its attempt sees it; every one of a later event than the one before. */
function newRun(over: Partial<StateRun> = {}): StateRun {
  clock += 10;
  return {
    ...tenant, flowId, environment: 'production', runId: uuidv7(), eventId: uuidv7(), receivedAt: clock, trigger: 'webhook', seq: 1, businessKeys: [], attempt: 1, byHand: false,
    marked: () => undefined, alive: () => undefined, ...over,
  };
}
/** What a process that took the run up after a crash sees: nothing of the one before but the database. */
const open = (run: StateRun, nodeId = 'node') => state.host.open(run).of(nodeId);

describe('claim', () => {
  const entry = (recordKey: string, key: string) => ({ recordKey, key });

  test('the first record with a key has it, also when it asks again after a crash', async () => {
    const [first, second] = [newRun(), newRun()];
    const page = [entry('0', 'a'), entry('1', 'b'), entry('2', 'a')];
    expect(await open(first).claim({ windowMs: 60_000, entries: page })).toEqual([true, true, false]);
    expect(await open(second).claim({ windowMs: 60_000, entries: [entry('0', 'b'), entry('1', 'c')] })).toEqual([false, true]);
    expect(await open(first).claim({ windowMs: 60_000, entries: page })).toEqual([true, true, false]);
    // Another node keeps keys of its own.
    expect(await open(second, 'other').claim({ windowMs: 60_000, entries: [entry('0', 'a')] })).toEqual([true]);
  });

  test('after the window a key is free; who had it keeps its answer', async () => {
    const [first, second, third] = [newRun(), newRun(), newRun()];
    const ask = (run: StateRun, windowMs: number) => open(run, 'window').claim({ windowMs, entries: [entry('0', `long ${'x'.repeat(9_000)}`)] });
    expect(await ask(first, 60_000)).toEqual([true]);
    expect(await ask(second, 0)).toEqual([true]);
    expect(await ask(third, 60_000)).toEqual([false]);
    expect(await ask(first, 60_000)).toEqual([true]);
    expect(await ask(second, 60_000)).toEqual([true]);
  });

  test('of many at once one gets it', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, () => open(newRun(), 'race').claim({ windowMs: 60_000, entries: [entry('0', 'k')] })));
    expect(answers.flat().filter(Boolean)).toHaveLength(1);
  });
});

describe('coalesce', () => {
  const ask = (run: StateRun, windowMs: number, recordKey = '0') => open(run, 'debounce').coalesce({ recordKey, key: 'sku-1', windowMs });

  test('the latest goes on when its window is over, those before never, however often they ask', async () => {
    const [first, second, late] = [newRun(), newRun(), newRun()];
    expect(await ask(first, 60_000)).toMatchObject({ state: 'hold' });
    const held = await ask(second, 300);
    expect(held).toMatchObject({ state: 'hold' });
    expect(await ask(first, 60_000)).toEqual({ state: 'superseded' });
    expect(await ask(second, 300)).toEqual(held);
    await until(async () => (await ask(second, 300)).state === 'pass');
    // A newer one begins a window of its own and takes nothing back.
    expect(await ask(late, 60_000)).toMatchObject({ state: 'hold' });
    expect(await ask(second, 300)).toEqual({ state: 'pass' });
    expect(await ask(first, 60_000)).toEqual({ state: 'superseded' });
  });

  test('of two records of one event the later one is the latest; an older event that comes late is none', async () => {
    const older = newRun();
    const run = newRun();
    const port = open(run, 'pair');
    const key = 'sku-2';
    const both = await Promise.all(['0.0', '0.1'].map((recordKey) => port.coalesce({ recordKey, key, windowMs: 60_000 })));
    expect(both.map((answer) => answer.state)).toEqual(['hold', 'hold']);
    expect(await port.coalesce({ recordKey: '0.0', key, windowMs: 60_000 })).toEqual({ state: 'superseded' });
    expect(await open(older, 'pair').coalesce({ recordKey: '0', key, windowMs: 60_000 })).toEqual({ state: 'superseded' });
  });
});

describe('cross-references', () => {
  const get = (from: string, to: string, ids: string[]) => open(newRun()).xrefGet({ entity: 'customer', from, to, entries: ids.map((id) => ({ recordKey: id, id })) });
  const put = (left: string, right: string, pairs: [string, string][]) =>
    open(newRun()).xrefPut({ entity: 'customer', left, right, pairs: pairs.map(([leftId, rightId]) => ({ recordKey: leftId, leftId, rightId })) });

  test('are found from both sides, whichever way they were put, and written over', async () => {
    await put('shop', 'erp', [['s1', 'e1'], ['s2', 'e2']]);
    await put('erp', 'shop', [['e3', 's3']]);
    expect(await get('shop', 'erp', ['s1', 's3', 's9'])).toEqual(['e1', 'e3', null]);
    expect(await get('erp', 'shop', ['e2', 'e3'])).toEqual(['s2', 's3']);
    await put('shop', 'erp', [['s1', 'e2']]);
    await put('shop', 'erp', [['s1', 'e2']]);
    expect(await get('shop', 'erp', ['s1', 's2'])).toEqual(['e2', null]);
    expect(await get('erp', 'shop', ['e1', 'e2'])).toEqual([null, 's1']);
  });

  test('writers at the same moment leave each id with one partner', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, at) => put('shop', 'erp', [[`r${at % 3}`, `q${at % 4}`], [`r${(at + 1) % 3}`, `q${(at + 1) % 4}`]])));
    const rows = await seed.sql`select left_id, right_id from xref where retailer_id = ${tenant.retailerId} and right_id like 'r%'`;
    expect(new Set(rows.map((row) => row.left_id)).size).toBe(rows.length);
    expect(new Set(rows.map((row) => row.right_id)).size).toBe(rows.length);
  });
});

test('a lookup table is read once and again after it changed', async () => {
  const table = (rows: Json) => JSON.stringify(rows);
  const find = (keys: string[]) => open(newRun()).lookup({ table: 'countries', keys });
  expect(await find(['DE'])).toEqual({ found: false, rows: [null] });
  await seed.sql`insert into lookup_table (partner_id, retailer_id, id, name, rows)
    values (${tenant.partnerId}, ${tenant.retailerId}, ${uuidv7()}, 'countries', ${table([{ key: 'DE', value: { vat: 19 } }])})`;
  state.changed({ table: 'lookup_table', id: tenant.retailerId });
  expect(await find(['DE', 'FR'])).toEqual({ found: true, rows: [{ vat: 19 }, null] });
  await seed.sql`update lookup_table set rows = ${table([{ key: 'FR', value: 20 }])} where retailer_id = ${tenant.retailerId}`;
  state.changed({ table: 'lookup_table', id: tenant.retailerId });
  expect(await find(['DE', 'FR'])).toEqual({ found: true, rows: [null, 20] });
});

describe('approvals', () => {
  test('are opened once, decided by a person, and keep their answer', async () => {
    const run = newRun();
    const ask = (timeoutAt: number) => open(run, 'ask').approval({ recordKey: '0', title: 'Refund', detail: '€ 12.50', data: { amount: 12.5 }, timeoutAt });
    const later = Date.now() + 3_600_000;
    expect(await ask(later)).toMatchObject({ state: 'open' });
    expect(await ask(later)).toMatchObject({ state: 'open' });
    await seed.sql`update approval set state = 'approved', decided_by = 'Ada', decided_at = now(), note = 'fine' where run_id = ${run.runId} and state = 'open'`;
    expect(await ask(later)).toMatchObject({ state: 'approved', by: 'Ada', note: 'fine' });
    expect(await seed.sql`select 1 from approval where run_id = ${run.runId}`).toHaveLength(1);
  });

  test('run out', async () => {
    const run = newRun();
    const ask = () => open(run, 'ask').approval({ recordKey: '0', title: 'Refund', detail: '', data: null, timeoutAt: Date.now() - 1 });
    expect(await ask()).toEqual({ state: 'timeout' });
    expect(await ask()).toEqual({ state: 'timeout' });
  });

  test('that are decided while the run is being put to wait are noticed', async () => {
    const run = newRun();
    const opened = state.host.open(run);
    await opened.of('ask').approval({ recordKey: '0', title: 'x', detail: '', data: null, timeoutAt: Date.now() + 60_000 });
    expect(await opened.answeredMeanwhile()).toBe(false);
    await seed.sql`update approval set state = 'rejected', decided_at = now() where run_id = ${run.runId}`;
    expect(await opened.answeredMeanwhile()).toBe(true);
  });
});

describe('other flows', () => {
  const called = () => seed.liveFlow(tenant, new FlowBuilder().node('in', 'flow-trigger', { topic: 'order.paid' }).build());

  test('a call makes one event, however often it is repeated, and hears the first answer', async () => {
    const target = await called();
    const run = newRun();
    const call = (timeoutAt = Date.now() + 60_000) => open(run, 'call').callFlow({ recordKey: '0', flowId: target.flowId, data: { id: 820982911946154508n }, timeoutAt });
    expect(await call()).toMatchObject({ state: 'open' });
    expect(await call()).toMatchObject({ state: 'open' });
    const events = await seed.sql`select id, body, trigger from inbox where flow_id = ${target.flowId}`;
    expect(events).toMatchObject([{ body: '{"id":820982911946154508}', trigger: 'flow' }]);
    expect(await call(Date.now() - 1)).toEqual({ state: 'timeout' });
    const callee = newRun({ flowId: target.flowId, eventId: String(events[0]?.id), trigger: 'flow' });
    await open(callee).respond({ status: 201, headers: [], body: { n: 1 } });
    await open(callee).respond({ status: 500, headers: [], body: { n: 2 } });
    expect(await call()).toEqual({ state: 'answered', status: 201, data: { n: 1 } });
  });

  test('a call that failed is made anew for a person, once', async () => {
    const target = await called();
    const run = newRun();
    const call = (of: StateRun) => open(of, 'call').callFlow({ recordKey: '0', flowId: target.flowId, data: 1, timeoutAt: Date.now() + 60_000 });
    const events = () => seed.sql`select id from inbox where flow_id = ${target.flowId} order by id`;
    await call(run);
    const [first] = await events();
    await open(newRun({ flowId: target.flowId, eventId: String(first?.id), trigger: 'flow' })).respond({ status: 503, headers: [], body: null });
    expect(await call(run)).toMatchObject({ state: 'answered', status: 503 });
    const again = { ...run, attempt: 2, byHand: true };
    expect(await call(again)).toMatchObject({ state: 'open' });
    expect(await call(again)).toMatchObject({ state: 'open' });
    expect(await events()).toHaveLength(2);
    expect(await call(run)).toMatchObject({ state: 'open' });
  });

  test('an unknown, paused or foreign flow cannot be called', async () => {
    const foreign = await seed.liveFlow(await seed.tenant('Fir'), new FlowBuilder().node('in', 'flow-trigger').build());
    const call = (id: string) => open(newRun()).callFlow({ recordKey: '0', flowId: id, data: null, timeoutAt: Date.now() + 1_000 });
    expect(await call(uuidv7())).toMatchObject({ state: 'failed', code: 'flow_unknown' });
    expect(await call(foreign.flowId)).toMatchObject({ state: 'failed', code: 'flow_unknown' });
    expect(await call(flowId)).toMatchObject({ state: 'failed', code: 'flow_not_callable' });
  });

  test('an event reaches every listener once; flows that start each other in a circle come to an end', async () => {
    await seed.sql`delete from live_version where flow_id <> ${flowId} and retailer_id = ${tenant.retailerId}`;
    const [one, two] = [await called(), await called()];
    state.changed({ table: 'live_version', id: one.flowId });
    const run = newRun();
    const publish = (of: StateRun) => open(of, 'tell').publish({ recordKey: '0', topic: 'order.paid', data: { n: 1 } });
    for (const _ of [1, 2]) expect(await publish(run)).toEqual({ state: 'published', listeners: 2 });
    const events = await seed.sql`select flow_id from inbox where flow_id in (${one.flowId}, ${two.flowId})`;
    expect(events).toHaveLength(2);
    let answer = await publish(run);
    let of = run;
    for (let depth = 0; depth < 40 && answer.state === 'published'; depth += 1) {
      answer = await publish(of);
      const [last] = await seed.sql`select id, received_at from inbox where flow_id = ${one.flowId} order by id desc limit 1`;
      of = newRun({ flowId: one.flowId, eventId: String(last?.id), receivedAt: new Date(last?.received_at).getTime(), trigger: 'flow' });
    }
    expect(answer).toMatchObject({ state: 'failed', code: 'flow_event_circle' });
    const most = await seed.sql`select max((headers::jsonb ->> 'weft-depth')::int) as depth from inbox where flow_id = ${one.flowId}`;
    expect(most).toMatchObject([{ depth: 16 }]);
  });

  test('a record that is too large to be an event is refused before anybody is told', async () => {
    const listener = await called();
    state.changed({ table: 'live_version', id: listener.flowId });
    expect(await open(newRun(), 'tell').publish({ recordKey: '0', topic: 'order.paid', data: 'x'.repeat(10_000_001) })).toMatchObject({ state: 'failed', code: 'payload_too_large' });
    expect(await seed.sql`select 1 from inbox where flow_id = ${listener.flowId}`).toHaveLength(0);
  });
});

test('a checkpoint is read at its highest version, and as this attempt set it', async () => {
  const read = (marked?: string) => open(newRun({ marked: () => marked })).readCheckpoint('poll');
  expect(await read()).toBeNull();
  const set = (value: string) => engine.sql`select weft_set_checkpoint(${tenant.partnerId}, ${tenant.retailerId}, ${flowId}, 'production', 'poll', ${value}, 'engine', null)`;
  await set('"2026-01-01"');
  await set('"2026-01-02"');
  await set('"2026-01-02"');
  expect(await read()).toEqual({ value: '2026-01-02', version: 2 });
  expect(await read('"2026-01-03"')).toEqual({ value: '2026-01-03', version: 3 });
  await Promise.all(Array.from({ length: 230 }, (_, at) => set(String(at))));
  const [{ versions, highest } = {}] = await seed.sql`select count(*)::int as versions, max(version) as highest from checkpoint where flow_id = ${flowId}`;
  expect({ versions, highest }).toEqual({ versions: 200, highest: 232 });
});

test('a run that waits is woken, and its lane rung when nobody holds it', async () => {
  const run = newRun();
  await seed.sql`insert into run (id, partner_id, retailer_id, flow_id, version_id, version_number, event_id, event_received_at, node_id, trigger, state, started_at)
    values (${run.runId}, ${tenant.partnerId}, ${tenant.retailerId}, ${flowId}, ${uuidv7()}, 1, ${run.eventId}, now(), 'start', 'webhook', 'waiting', now())`;
  await seed.sql`insert into lane (flow_id, number, partner_id, retailer_id) values (${flowId}, 3, ${tenant.partnerId}, ${tenant.retailerId})`;
  await seed.sql`insert into lane_entry (flow_id, lane, seq, partner_id, retailer_id, event_id, received_at, run_id, due_at, waiting_code)
    values (${flowId}, 3, 7, ${tenant.partnerId}, ${tenant.retailerId}, ${run.eventId}, now(), ${run.runId}, now() + interval '1 day', 'coalesce')`;
  const heard: string[] = [];
  const listening = await seed.sql.listen('weft_wake', (payload) => heard.push(payload));
  // A newer record takes this one's place, so it need not wait any longer.
  await open(run, 'wake').coalesce({ recordKey: '0', key: 'k', windowMs: 60_000 });
  await open(newRun(), 'wake').coalesce({ recordKey: '0', key: 'k', windowMs: 60_000 });
  await until(() => heard.length > 0);
  expect(heard).toEqual([`${flowId}/3/7`]);
  expect(rung).toContainEqual({ flowId, lane: 3, retailerId: tenant.retailerId });
  expect(await seed.sql`select 1 from lane_entry where event_id = ${run.eventId} and due_at <= now()`).toHaveLength(1);
  await listening.unlisten();
});

test('old state is swept, what may still be asked for stays', async () => {
  await seed.sql`update dedupe_key set expires_at = now() - interval '2 days' where node_id = 'race'`;
  await seed.sql`update coalesce_key set due_at = now() - interval '2 days' where node_id = 'debounce'`;
  const gone = await sweepState(engine.sql);
  expect(gone).toBe(1 + 2);
  expect(await sweepState(engine.sql)).toBe(0);
});
