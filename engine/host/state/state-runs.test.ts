import { uuidv7 } from 'uuidv7';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '#drizzle/client.ts';
import { acceptEvents } from '#drizzle/testing/accept-events.ts';
import { openEngineWorld, type EngineWorld } from '#engine/testing/engine-world.ts';
import type { FarEnd } from '#engine/testing/far-end.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import type { LiveFlowIds, LiveSeed, Tenant } from '#engine/testing/seed-live-flow.ts';
import { startTestEngine, testEnv } from '#engine/testing/test-engine.ts';
import { until } from '#engine/testing/until.ts';
import type { Engine } from '../engine.ts';

const KEY = 'caller-secret-key-0001';
let world: EngineWorld;
let seed: LiveSeed;
let tenant: Tenant;
let far: FarEnd;
let connectionId = '';
let engine: Engine;

beforeAll(async () => {
  world = await openEngineWorld();
  ({ seed, far } = world);
  tenant = await seed.tenant('Rowan');
  connectionId = await seed.connection(tenant, { baseUrl: world.farUrl, webhookSecret: KEY });
  engine = await startTestEngine(testEnv(world.database.engineUrl, world.masterKey));
});

afterAll(async () => {
  await engine?.stop();
  await world?.close();
});

afterEach(() => {
  far.answer = () => ({});
  far.calls.length = 0;
});

const hook = () => new FlowBuilder().node('hook', 'webhook-trigger', { verification: { recipe: 'none' } });
const erp = (builder: FlowBuilder) => builder.node('erp', 'http-request', { connectionId, method: 'POST', url: '/orders', answer: { mode: 'keep' } });

function post(flow: LiveFlowIds, body: unknown, options: { node?: string; path?: string; headers?: Record<string, string>; signal?: AbortSignal; port?: number } = {}) {
  const { node = 'hook', path = node === 'hook' ? 'in' : 'api-in', headers = {}, signal, port = engine.port } = options;
  const url = `http://127.0.0.1:${port}/${path}/${flow.endpoints[node]}`;
  return fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers: { 'content-type': 'application/json', 'x-api-key': KEY, ...headers }, ...(signal ? { signal } : {}) });
}

const ended = (flowId: string, count = 1) =>
  until(async () => {
    const rows = await seed.sql`select * from run where flow_id = ${flowId} and state in ('succeeded', 'failed')`;
    return rows.length >= count ? rows : null;
  }, 20_000, `${count} runs to end`);
const waiting = (flowId: string) => until(async () => (await seed.sql`select * from run where flow_id = ${flowId} and state = 'waiting'`)[0] ?? null, 10_000, 'a run to wait');

describe('API triggers', () => {
  const api = (config: Record<string, string | number> = {}) => new FlowBuilder().node('api', 'api-trigger', { connectionId, ...config });
  const quote = (config: Record<string, string | number> = {}) =>
    erp(api(config)).node('answer', 'respond', { status: 201, headers: [{ name: 'X-Order', value: '{{id}}' }, { name: 'Set-Cookie', value: 'a=b' }] }).edge('api', 'erp').edge('erp', 'answer').build();

  test('answer with what the flow responds, and tell strangers nothing', async () => {
    const flow = await seed.liveFlow(tenant, quote());
    const answer = await post(flow, '{"id":820982911946154508}', { node: 'api' });
    expect(answer.status).toBe(201);
    expect(await answer.text()).toBe('{"id":820982911946154508}');
    expect(Object.fromEntries(answer.headers)).toMatchObject({ 'x-order': '820982911946154508', 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(answer.headers.get('set-cookie')).toBeNull();
    const [run] = await ended(flow.flowId);
    expect(run).toMatchObject({ state: 'succeeded', trigger: 'api' });
    const wrong = [post(flow, '{}', { node: 'api', headers: { 'x-api-key': 'guess' } }), post(flow, '{}', { node: 'api', path: 'in' }), post({ ...flow, endpoints: { api: 'unknown-address-1' } }, '{}', { node: 'api' })];
    const answers = await Promise.all((await Promise.all(wrong)).map(async (one) => `${one.status} ${await one.text()}`));
    expect(new Set(answers)).toEqual(new Set(['401 {"ok":false,"error":"unauthorized"}']));
  });

  test('a round trip takes milliseconds', async () => {
    const doc = api().node('answer', 'respond', {}).edge('api', 'answer').build();
    const flow = await seed.liveFlow(tenant, doc);
    const times: number[] = [];
    for (let at = 0; at < 200; at += 1) {
      const started = performance.now();
      expect((await post(flow, { at }, { node: 'api' })).status).toBe(200);
      times.push(performance.now() - started);
    }
    const sorted = times.slice(20).toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(sorted.length * share)]?.toFixed(1);
    console.info(`API trigger round trip: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${sorted.at(-1)?.toFixed(1)} ms`);
    expect(Number(at(0.5))).toBeLessThan(100);
  });

  test('a request or a response that breaks its schema is refused', async () => {
    const schema = JSON.stringify({ type: 'object', required: ['id'], properties: { id: { type: 'string' } } });
    const flow = await seed.liveFlow(tenant, quote({ requestSchema: schema }));
    const refused = await post(flow, { id: 5 }, { node: 'api' });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ error: 'request_invalid', faults: [{ path: 'id' }] });
    expect(await seed.sql`select 1 from inbox where flow_id = ${flow.flowId}`).toHaveLength(0);
    const other = await seed.liveFlow(tenant, quote({ responseSchema: schema }));
    const broken = await post(other, { id: 5 }, { node: 'api' });
    expect(broken.status).toBe(500);
    expect(await broken.json()).toMatchObject({ error: 'response_invalid' });
  });

  test('who is not answered in time gets the run, which goes on; so does one whose caller went away', async () => {
    const flow = await seed.liveFlow(tenant, quote({ timeLimitSeconds: 1 }));
    far.answer = () => ({ delayMs: 1_500 });
    const late = await post(flow, { id: 'late' }, { node: 'api' });
    expect(late.status).toBe(504);
    const told: { runId?: string } = await late.json().then((body) => Object(body));
    await expect(post(flow, { id: 'gone' }, { node: 'api', signal: AbortSignal.timeout(300) })).rejects.toThrow('timeout');
    const runs = await ended(flow.flowId, 2);
    expect(runs.map((run) => run.state)).toEqual(['succeeded', 'succeeded']);
    expect(runs.map((run) => run.id)).toContain(told.runId);
  });

  test('a run that fails answers at once; one without an answer says that it was taken; a repeated request gets the first answer', async () => {
    const failing = await seed.liveFlow(tenant, quote());
    far.answer = () => ({ status: 422, body: '{}' });
    const failed = await post(failing, { id: '1' }, { node: 'api' });
    expect(failed.status).toBe(500);
    expect(await failed.json()).toMatchObject({ error: 'run_failed', code: 'http_422' });
    far.answer = () => ({});
    const silent = await seed.liveFlow(tenant, erp(api()).edge('api', 'erp').build());
    expect((await post(silent, { id: '1' }, { node: 'api' })).status).toBe(202);
    const verification = { recipe: 'api-key', header: 'X-API-Key', dedupeHeader: 'X-Request-Id' };
    const once = await seed.liveFlow(tenant, erp(new FlowBuilder().node('api', 'api-trigger', { connectionId, verification })).node('answer', 'respond', {}).edge('api', 'erp').edge('erp', 'answer').build());
    const twice = await Promise.all([1, 2].map((id) => post(once, { id }, { node: 'api', headers: { 'x-request-id': 'r-1' } }).then((one) => one.text())));
    const again = await post(once, { id: 3 }, { node: 'api', headers: { 'x-request-id': 'r-1' } });
    expect(new Set([...twice, await again.text()]).size).toBe(1);
    expect(far.calls.filter((call) => call.body.includes('"id":1') || call.body.includes('"id":2') || call.body.includes('"id":3'))).toHaveLength(1);
  });

  test('the answer of a flow that another process runs finds its caller', async () => {
    const flow = await seed.liveFlow(tenant, quote());
    const front = await startTestEngine(testEnv(world.database.engineUrl, world.masterKey, ['ingress']));
    try {
      const answer = await post(flow, { id: 'elsewhere' }, { node: 'api', port: front.port });
      expect([answer.status, await answer.text()]).toEqual([201, '{"id":"elsewhere"}']);
    } finally {
      await front.stop();
    }
  });
});

describe('runs that wait', () => {
  test('go on when a person approves, and hold no slot meanwhile', async () => {
    const flow = await seed.liveFlow(tenant, erp(hook()).node('ask', 'approval', { title: 'Refund of {{amount}}' }).edge('hook', 'ask').edge('ask.approved', 'erp').build());
    await post(flow, { amount: '12.50' });
    const run = await waiting(flow.flowId);
    expect(run).toMatchObject({ waiting_code: 'approval' });
    expect(far.calls).toHaveLength(0);
    const decided = performance.now();
    await seed.sql`update approval set state = 'approved', decided_by = 'Ada', decided_at = now() where run_id = ${run.id}`;
    await seed.sql`select * from weft_wake(${run.id})`;
    await far.until(() => far.calls.length === 1);
    console.info(`approval decided → next step: ${(performance.now() - decided).toFixed(0)} ms`);
    expect(JSON.parse(far.calls[0]?.body ?? '')).toMatchObject({ amount: '12.50', approval: { state: 'approved', by: 'Ada' } });
    expect((await ended(flow.flowId))[0]).toMatchObject({ state: 'succeeded', waiting_code: null });
  });

  test('of events in quick succession only the latest is sent on', async () => {
    const flow = await seed.liveFlow(tenant, erp(hook()).node('calm', 'debounce', { keyPaths: ['sku'], seconds: 1 }).edge('hook', 'calm').edge('calm', 'erp').build());
    for (let n = 1; n <= 6; n += 1) {
      await post(flow, { sku: 'A', n });
      await post(flow, { sku: 'B', n });
    }
    await ended(flow.flowId, 12);
    expect(far.calls.map((call) => call.body).toSorted()).toEqual(['{"sku":"A","n":6}', '{"sku":"B","n":6}']);
  });

  test('a wait ends by itself', async () => {
    const flow = await seed.liveFlow(tenant, erp(hook()).node('rest', 'wait', { mode: 'for', seconds: 1 }).edge('hook', 'rest').edge('rest', 'erp').build());
    const started = performance.now();
    await post(flow, { id: 1 });
    await far.until(() => far.calls.length === 1);
    expect(performance.now() - started).toBeGreaterThan(990);
  });
});

describe('flows of flows', () => {
  test('a called flow answers its caller; one that fails, or says nothing, does too', async () => {
    const callee = async (build: (builder: FlowBuilder) => FlowBuilder) => (await seed.liveFlow(tenant, build(new FlowBuilder().node('in', 'flow-trigger')).build())).flowId;
    const answering = await callee((builder) => builder.node('answer', 'respond', {}).edge('in', 'answer'));
    const failing = await callee((builder) => builder.node('no', 'raise-exception', { message: 'not today' }).edge('in', 'no'));
    const silent = await callee((builder) => builder);
    const caller = (flowId: string) => seed.liveFlow(tenant, erp(hook()).node('call', 'flow-call', { flowId, answer: { mode: 'add', field: 'answer' } }).edge('hook', 'call').edge('call', 'erp').build());
    const [good, bad, quiet] = [await caller(answering), await caller(failing), await caller(silent)];
    const started = performance.now();
    await post(good, { n: 1 });
    await far.until(() => far.calls.length === 1);
    console.info(`flow call round trip: ${(performance.now() - started).toFixed(0)} ms`);
    expect(far.calls[0]?.body).toBe('{"n":1,"answer":{"n":1}}');
    await post(quiet, { n: 2 });
    await far.until(() => far.calls.length === 2);
    expect(far.calls[1]?.body).toBe('{"n":2,"answer":null}');
    await post(bad, { n: 3 });
    expect((await ended(bad.flowId))[0]).toMatchObject({ state: 'failed', failure_code: 'flow_call_failed' });
    expect((await seed.sql`select count(*)::int as n from run where flow_id in (${answering}, ${failing}, ${silent})`)[0]?.n).toBe(3);
  });

  test('many calls of one run answer while it is being put to wait, and none is missed', async () => {
    const callee = await seed.liveFlow(tenant, new FlowBuilder().node('in', 'flow-trigger').node('answer', 'respond', {}).edge('in', 'answer').build());
    const doc = erp(hook()).node('lines', 'split', { path: 'lines' }).node('call', 'flow-call', { flowId: callee.flowId, timeoutSeconds: 600 })
      .edge('hook', 'lines').edge('lines', 'call').edge('call', 'erp').build();
    const flow = await seed.liveFlow(tenant, doc);
    const started = performance.now();
    await Promise.all(Array.from({ length: 10 }, (_, event) => post(flow, { lines: Array.from({ length: 12 }, (_line, line) => ({ event, line })) })));
    await ended(flow.flowId, 10);
    const took = performance.now() - started;
    console.info(`120 flow calls of 10 runs: ${took.toFixed(0)} ms`);
    // The next look, should a wake be lost, is after 30 s.
    expect(took).toBeLessThan(15_000);
    expect(new Set(far.calls.map((call) => call.body)).size).toBe(120);
    expect(far.calls).toHaveLength(120);
  });

  test('an event starts every flow that listens', async () => {
    const listen = (topic: string) => seed.liveFlow(tenant, erp(new FlowBuilder().node('in', 'flow-trigger', { topic })).edge('in', 'erp').build());
    await Promise.all([listen('order.paid'), listen('order.paid'), listen('order.sent')]);
    const flow = await seed.liveFlow(tenant, hook().node('tell', 'flow-event', { topic: 'order.paid' }).edge('hook', 'tell').build());
    await post(flow, { n: 1 });
    await far.until(() => far.calls.length === 2);
    await ended(flow.flowId);
    expect(far.calls.map((call) => call.body)).toEqual(['{"n":1}', '{"n":1}']);
  });
});

test('a poll reads on from its checkpoint, and drops what its overlap shows again', async () => {
  const poll = {
    connectionId, url: '/changes', query: [{ name: 'since', value: '{{checkpoint}}' }], recordsPath: 'items', paging: { style: 'cursor', cursorPath: 'next', cursorParam: 'cursor' },
    checkpoint: { path: 'at', initial: '2026-01-01T00:00:00Z', overlapSeconds: 60 }, keyPath: 'id',
  };
  const flow = await seed.liveFlow(tenant, erp(new FlowBuilder().node('poll', 'poll-trigger', poll)).edge('poll', 'erp').build());
  const changed = (second: number, id: string) => ({ id, at: `2026-02-01T00:00:${second.toString().padStart(2, '0')}Z` });
  const asked: (string | null)[] = [];
  far.answer = (call) => {
    const url = new URL(call.path, 'http://far');
    if (url.pathname !== '/changes') return {};
    asked.push(url.searchParams.get('since'));
    const isSecond = asked.length > 2;
    if (isSecond) return { body: JSON.stringify({ items: [changed(10, 'b'), changed(20, 'c')], next: null }) };
    return { body: JSON.stringify(url.searchParams.has('cursor') ? { items: [changed(10, 'b')], next: null } : { items: [changed(5, 'a')], next: 'two' }) };
  };
  const accepting = connect({ url: world.database.engineUrl, max: 1 });
  const fire = async (count: number) => {
    const event = { id: uuidv7(), ...tenant, flowId: flow.flowId, environment: 'production', endpointKey: null, nodeId: 'poll', trigger: 'poll' as const, lane: 0 };
    await acceptEvents(accepting.sql, [{ ...event, orderingKey: null, deliveryId: null, headers: '{}', body: '{"scheduledFor":"2026-02-01T00:01:00Z"}', contentType: 'application/json', test: false }]);
    await ended(flow.flowId, count);
  };
  await fire(1);
  await fire(2);
  await accepting.sql.end();
  expect(far.calls.filter((call) => call.method === 'POST').map((call) => JSON.parse(call.body).id)).toEqual(['a', 'b', 'c']);
  expect(asked).toEqual(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', expect.stringMatching(/^2026-01-31T23:59:10/)]);
  const marks = await seed.sql`select value from checkpoint where flow_id = ${flow.flowId} and name = 'poll' order by version`;
  expect(marks.map((row) => row.value)).toEqual(['"2026-02-01T00:00:10Z"', '"2026-02-01T00:00:20Z"']);
});

test('a changed lookup table is seen by the next run', async () => {
  const flow = await seed.liveFlow(tenant, erp(hook()).node('vat', 'lookup-table', { table: 'vat', keyPath: 'country', field: 'vat', onMissing: 'null' }).edge('hook', 'vat').edge('vat', 'erp').build());
  const rows = (rate: number) => JSON.stringify([{ key: 'DE', value: rate }]);
  await seed.sql`insert into lookup_table (partner_id, retailer_id, id, name, rows) values (${tenant.partnerId}, ${tenant.retailerId}, ${uuidv7()}, 'vat', ${rows(19)})`;
  await post(flow, { country: 'DE' });
  await ended(flow.flowId, 1);
  await seed.sql`update lookup_table set rows = ${rows(16)} where retailer_id = ${tenant.retailerId}`;
  let posts = 1;
  await until(async () => {
    await post(flow, { country: 'DE' });
    await ended(flow.flowId, (posts += 1));
    return far.calls.at(-1)?.body === '{"country":"DE","vat":16}';
  });
  expect(far.calls[0]?.body).toBe('{"country":"DE","vat":19}');
});

test('a record that is too large to be sent fails as data', async () => {
  const flow = await seed.liveFlow(tenant, hook().node('big', 'http-request', { connectionId, method: 'POST', url: '/big', body: { mode: 'text', text: '["{{blob}}","{{blob}}","{{blob}}"]' } }).edge('hook', 'big').build());
  await post(flow, { blob: 'x'.repeat(4_000_000) });
  const [run] = await ended(flow.flowId);
  expect(run).toMatchObject({ state: 'failed', failure_class: 'data', failure_code: 'payload_too_large' });
  expect(far.calls).toHaveLength(0);
});

test('a flow remembers a value from run to run, and drops what was there before', async () => {
  const doc = erp(hook()).node('seen', 'dedupe', { keyPaths: ['id'], windowHours: 24 }).node('last', 'flow-variable', { mode: 'set', name: 'last', path: 'id' })
    .edge('hook', 'seen').edge('seen', 'last').edge('last', 'erp').build();
  const flow = await seed.liveFlow(tenant, doc);
  for (const id of ['a', 'b', 'a']) await post(flow, { id });
  await ended(flow.flowId, 3);
  expect(far.calls.map((call) => call.body).toSorted()).toEqual(['{"id":"a"}', '{"id":"b"}']);
  const marks = await seed.sql`select name, value from checkpoint where flow_id = ${flow.flowId} order by version`;
  expect(marks.map((row) => `${row.name}=${row.value}`).toSorted()).toEqual(['var:last="a"', 'var:last="b"']);
});
