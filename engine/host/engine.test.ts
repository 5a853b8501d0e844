import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openEngineWorld, type EngineWorld } from '#engine/testing/engine-world.ts';
import type { FarEnd } from '#engine/testing/far-end.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import type { LiveSeed, Tenant } from '#engine/testing/seed-live-flow.ts';
import { startTestEngine, testEnv } from '#engine/testing/test-engine.ts';
import { until } from '#engine/testing/until.ts';
import type { Engine } from './engine.ts';

const SECRET = 'shpss_test_secret_0001';
let world: EngineWorld;
let seed: LiveSeed;
let tenant: Tenant;
let far: FarEnd;
let engine: Engine;
const engines: Engine[] = [];

beforeAll(async () => {
  world = await openEngineWorld();
  ({ seed, far } = world);
  tenant = await seed.tenant('Alder');
  engine = await startTestEngine(testEnv(world.database.engineUrl, world.masterKey));
});

afterAll(async () => {
  await engine?.stop();
  await world?.close();
});

afterEach(async () => {
  far.answer = () => ({});
  far.calls.length = 0;
  for (const one of engines.splice(0)) await one.stop();
});

const mapping = { rules: [{ id: 'r1', target: 'orderId', source: { type: 'path', path: 'id' }, functions: [], onMissing: 'fail' }] };

async function orderFlow(settings: Parameters<FlowBuilder['settings']>[0] = {}) {
  const connectionId = await seed.connection(tenant, { baseUrl: world.farUrl, secret: 's3cret-token', authKind: 'bearer', webhookSecret: SECRET });
  const doc = new FlowBuilder()
    .node('hook', 'webhook-trigger', { verification: { recipe: 'shopify' }, connectionId })
    .node('map', 'map', { mapping })
    .node('erp', 'http-request', { connectionId, method: 'POST', url: '/orders' })
    .edge('hook', 'map')
    .edge('map', 'erp')
    .settings({ retry: { maxAttempts: 5, baseSeconds: 0.2, maxSeconds: 1 }, businessKeys: [{ label: 'Order', path: 'id' }], ...settings })
    .build();
  const live = await seed.liveFlow(tenant, doc);
  return { ...live, url: `http://127.0.0.1:${engine.port}/in/${live.endpoints['hook']}` };
}

function post(url: string, body: string, options: { id?: string; signature?: string; headers?: Record<string, string> } = {}) {
  const signature = options.signature ?? createHmac('sha256', SECRET).update(body).digest('base64');
  const headers = { 'content-type': 'application/json', 'x-shopify-hmac-sha256': signature, ...(options.id ? { 'x-shopify-webhook-id': options.id } : {}), ...options.headers };
  return fetch(url, { method: 'POST', body, headers });
}

const runsOf = (flowId: string) => seed.sql`select * from run where flow_id = ${flowId}`;
const terminal = (flowId: string, count: number) =>
  until(async () => {
    const rows = await seed.sql`select * from run where flow_id = ${flowId} and state in ('succeeded', 'failed')`;
    return rows.length >= count ? rows : null;
  }, 20_000, `${count} runs to end`);

describe('engine', () => {
  test('an accepted event runs once, digit for digit, with its secret and key', async () => {
    const flow = await orderFlow();
    const response = await post(flow.url, '{"id":820982911946154508,"total":10.50}', { id: 'd-1' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ ok: true });
    const [run] = await terminal(flow.flowId, 1);
    expect(run).toMatchObject({ state: 'succeeded', records_failed: 0, business_keys: ['820982911946154508'], attempt: 1 });
    expect(far.calls).toHaveLength(1);
    const [call] = far.calls;
    expect(call?.body).toBe('{"orderId":820982911946154508}');
    expect(call?.headers.authorization).toBe('Bearer s3cret-token');
    expect(call?.key).toMatch(/^[0-9a-f]{64}$/);
    const steps = await seed.sql`select node_id, state, records_in, records_out from step where run_id = ${run?.id} order by node_id`;
    expect(steps.map((step) => [step.node_id, step.state, step.records_in, step.records_out])).toEqual([
      ['erp', 'succeeded', 1, 1],
      ['hook', 'succeeded', 1, 1],
      ['map', 'succeeded', 1, 1],
    ]);
    const [effect] = await seed.sql`select e.status, e.key, x.status as answered, x.request_headers from effect e join exchange x on x.id = e.exchange_id where e.run_id = ${run?.id}`;
    expect(effect).toMatchObject({ status: 'done', key: call?.key, answered: 200 });
    expect(JSON.stringify(effect)).not.toContain('s3cret-token');
    expect(await seed.sql`select 1 from lane_entry where flow_id = ${flow.flowId}`).toHaveLength(0);
  });

  test('fifty deliveries of one id at once make one run', async () => {
    const flow = await orderFlow();
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(flow.url, '{"id":"A-50"}', { id: 'same' })));
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(new Set(bodies.map((body) => JSON.stringify(body.eventId))).size).toBe(1);
    await terminal(flow.flowId, 1);
    expect(await runsOf(flow.flowId)).toHaveLength(1);
    expect(far.calls).toHaveLength(1);
  });

  test('a tampered signature and an unknown address look the same and leave nothing', async () => {
    const flow = await orderFlow();
    const tampered = await post(flow.url, '{"id":"evil"}', { signature: createHmac('sha256', 'other').update('{"id":"evil"}').digest('base64') });
    const unknown = await post(`${flow.url.slice(0, -4)}beef`, '{"id":"evil"}');
    expect([tampered.status, unknown.status]).toEqual([401, 401]);
    expect(await tampered.text()).toBe(await unknown.text());
    expect(await seed.sql`select 1 from inbox where flow_id = ${flow.flowId}`).toHaveLength(0);
  });

  test('malformed, deep and huge bodies are refused quickly', async () => {
    const flow = await orderFlow();
    const started = performance.now();
    expect((await post(flow.url, '{"id":')).status).toBe(400);
    expect((await post(flow.url, `${'['.repeat(10_000)}${']'.repeat(10_000)}`)).status).toBe(400);
    expect((await post(flow.url, `"${'x'.repeat(30 * 1024 * 1024)}"`)).status).toBe(413);
    expect((await post(flow.url, '{"__proto__":{"a":1}}')).status).toBe(400);
    expect((await post(flow.url, '{}', { headers: { 'content-encoding': 'gzip' } })).status).toBe(415);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(await seed.sql`select 1 from inbox where flow_id = ${flow.flowId}`).toHaveLength(0);
  });

  test('a vendor that is down is tried again with the same key until it answers', async () => {
    const flow = await orderFlow();
    let left = 2;
    far.answer = () => (left-- > 0 ? { status: 503, body: '{"error":"down"}' } : {});
    await post(flow.url, '{"id":"R-1"}');
    const [run] = await terminal(flow.flowId, 1);
    expect(run).toMatchObject({ state: 'succeeded', attempt: 3 });
    expect(far.calls).toHaveLength(3);
    expect(far.keys.size).toBe(1);
  });

  test('a rate limit is waited out and spends no attempt', async () => {
    const flow = await orderFlow();
    let left = 1;
    far.answer = () => (left-- > 0 ? { status: 429, headers: { 'retry-after': '1' } } : {});
    await post(flow.url, '{"id":"L-1"}');
    const [run] = await terminal(flow.flowId, 1);
    expect(run).toMatchObject({ state: 'succeeded', attempt: 1 });
    const [first, second] = far.calls;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  test('a record the vendor refuses becomes an exception, the others go on', async () => {
    const connectionId = await seed.connection(tenant, { baseUrl: world.farUrl, webhookSecret: SECRET });
    const doc = new FlowBuilder()
      .node('hook', 'webhook-trigger', { verification: { recipe: 'shopify' }, connectionId })
      .node('split', 'split', { path: 'lines' })
      .node('erp', 'http-request', { connectionId, method: 'POST', url: '/lines' })
      .edge('hook', 'split')
      .edge('split', 'erp')
      .build();
    const live = await seed.liveFlow(tenant, doc);
    far.answer = (call) => (call.body.includes('bad') ? { status: 422, body: '{"error":"no such article"}' } : {});
    await post(`http://127.0.0.1:${engine.port}/in/${live.endpoints['hook']}`, '{"lines":[{"sku":"a"},{"sku":"bad"},{"sku":"c"}]}');
    const [run] = await terminal(live.flowId, 1);
    expect(run).toMatchObject({ state: 'failed', records_failed: 1, failure_class: 'data', failure_code: 'http_422' });
    const exceptions = await seed.sql`select node_id, record_key, class, code, data, state from exception where run_id = ${run?.id}`;
    expect(exceptions).toHaveLength(1);
    expect(exceptions[0]).toMatchObject({ node_id: 'erp', class: 'data', state: 'open' });
    expect(far.calls).toHaveLength(3);

    // Put back by a person after the vendor was told of the article: only the refused record is sent again.
    far.answer = () => ({});
    await seed.sql`select * from weft_reenqueue(${run?.id})`;
    const again = await until(async () => (await seed.sql`select * from run where id = ${run?.id} and state = 'succeeded'`)[0]);
    expect(again).toMatchObject({ attempt: 2, records_failed: 0 });
    expect(far.calls).toHaveLength(4);
    expect(await seed.sql`select 1 from exception where run_id = ${run?.id} and state = 'open'`).toHaveLength(0);
  });

  test('events of one ordering key arrive in order, a waiting key blocks only itself', async () => {
    const flow = await orderFlow({ orderingKey: 'customer' });
    let failures = 3;
    far.answer = (call) => (call.body.includes('"k0-0"') && failures-- > 0 ? { status: 503 } : {});
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(Array.from({ length: 8 }, (_, key) => post(flow.url, `{"customer":"k${key}","id":"k${key}-${round}"}`)));
    }
    await terminal(flow.flowId, 80);
    const done = far.calls.map((call) => String(JSON.parse(call.body).orderId));
    const applied = done.filter((id, at) => done.lastIndexOf(id) === at);
    for (let key = 0; key < 8; key += 1) {
      expect(applied.filter((id) => id.startsWith(`k${key}-`))).toEqual(Array.from({ length: 10 }, (_, round) => `k${key}-${round}`));
    }
    const lastOfOthers = done.findIndex((id) => id === 'k1-9');
    const firstOfWaiting = done.findIndex((id) => id === 'k0-1');
    expect(lastOfOthers).toBeLessThan(firstOfWaiting);
  });

  test('scripts run in the sandbox, and open run logs are told', async () => {
    const connectionId = await seed.connection(tenant, { baseUrl: world.farUrl });
    const doc = new FlowBuilder()
      .node('hook', 'webhook-trigger', { verification: { recipe: 'none' } })
      .node('code', 'code', { script: 'return record.items.map((item) => ({ sku: item.toUpperCase() }));' })
      .node('erp', 'http-request', { connectionId, method: 'POST', url: '/items' })
      .edge('hook', 'code')
      .edge('code', 'erp')
      .build();
    const live = await seed.liveFlow(tenant, doc);
    const told: string[] = [];
    const listening = await seed.sql.listen('weft_run', (payload) => told.push(payload));
    await post(`http://127.0.0.1:${engine.port}/in/${live.endpoints['hook']}`, '{"items":["a","b"]}');
    await terminal(live.flowId, 1);
    expect(far.calls.map((call) => call.body).toSorted()).toEqual(['{"sku":"A"}', '{"sku":"B"}']);
    await until(() => told.length > 0);
    expect(JSON.parse(told[0] ?? '')).toEqual({ p: tenant.partnerId, r: [tenant.retailerId] });
    await listening.unlisten();
  });

  test('a paused flow takes nothing in, and finishes what it took', async () => {
    const flow = await orderFlow();
    let down = true;
    far.answer = () => (down ? { status: 503 } : {});
    expect((await post(flow.url, '{"id":"P-1"}')).status).toBe(200);
    await far.until(() => far.calls.length > 0);
    await seed.sql`update live_version set active = false where flow_id = ${flow.flowId}`;
    await until(async () => (await post(flow.url, '{"id":"P-2"}')).status === 401);
    down = false;
    const [run] = await terminal(flow.flowId, 1);
    expect(run).toMatchObject({ state: 'succeeded' });
  });

  test('two engines share the work of one database', async () => {
    const second = await startTestEngine(testEnv(world.database.engineUrl, world.masterKey));
    engines.push(second);
    const flow = await orderFlow();
    const urls = [flow.url, flow.url.replace(`:${engine.port}/`, `:${second.port}/`)];
    await Promise.all(Array.from({ length: 200 }, (_, at) => post(urls[at % 2] ?? '', `{"id":"two-${at}"}`)));
    await terminal(flow.flowId, 200);
    // One of them goes while the other is at work.
    const more = Promise.all(Array.from({ length: 100 }, (_, at) => post(flow.url, `{"id":"two-${200 + at}"}`)));
    await engines.splice(0)[0]?.stop();
    await more;
    await terminal(flow.flowId, 300);
    expect(far.calls).toHaveLength(300);
    expect(far.keys.size).toBe(300);
  });

  test('an event accepted elsewhere is found by bell or by look', async () => {
    const flow = await orderFlow();
    const front = await startTestEngine(testEnv(world.database.engineUrl, world.masterKey, ['ingress']));
    engines.push(front);
    const url = flow.url.replace(`:${engine.port}/`, `:${front.port}/`);
    const started = performance.now();
    await post(url, '{"id":"bell-1"}');
    await far.until(() => far.calls.length === 1);
    expect(performance.now() - started).toBeLessThan(3_000);
    await post(url, '{"id":"bell-2"}');
    await far.until(() => far.calls.length === 2);
  });
});
