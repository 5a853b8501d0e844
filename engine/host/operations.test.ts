import { createServer, request as httpRequest, Agent, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startChildEngine, type ChildEngine } from '#engine/testing/child-engine.ts';
import { openEngineWorld, type EngineWorld } from '#engine/testing/engine-world.ts';
import type { FarEnd } from '#engine/testing/far-end.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import type { LiveSeed, Tenant } from '#engine/testing/seed-live-flow.ts';
import { startTestEngine, testEnv } from '#engine/testing/test-engine.ts';
import { until } from '#engine/testing/until.ts';
import type { Engine } from './engine.ts';
import { ROLES, type EngineEnv } from './env.ts';

let world: EngineWorld;
let seed: LiveSeed;
let tenant: Tenant;
let far: FarEnd;
const engines: Engine[] = [];
const children: ChildEngine[] = [];

beforeAll(async () => {
  world = await openEngineWorld();
  ({ seed, far } = world);
  tenant = await seed.tenant('Larch');
});

afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
  for (const child of children.splice(0)) await child.kill('SIGKILL');
  far.answer = () => ({});
  far.calls.length = 0;
});

afterAll(async () => {
  await world?.close();
});

async function start(roles: EngineEnv['roles'], extra: Partial<EngineEnv> = {}): Promise<Engine> {
  const engine = await startTestEngine({ ...testEnv(world.database.engineUrl, world.masterKey), roles, ...extra });
  engines.push(engine);
  return engine;
}

async function liveFlow() {
  const connectionId = await seed.connection(tenant, { baseUrl: world.farUrl });
  const doc = new FlowBuilder()
    .node('hook', 'webhook-trigger', { verification: { recipe: 'none', dedupeHeader: 'x-delivery' } })
    .node('erp', 'http-request', { connectionId, url: '/orders' })
    .edge('hook', 'erp')
    .build();
  return seed.liveFlow(tenant, doc);
}

interface Answer {
  status: number;
  text: string;
  connection: string | undefined;
}

function ask(port: number, path: string, options: { body?: string; agent?: Agent; delivery?: string } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      port, host: '127.0.0.1', path, method: options.body === undefined ? 'GET' : 'POST',
      headers: options.delivery ? { 'x-delivery': options.delivery } : {}, ...(options.agent ? { agent: options.agent } : {}),
    }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk))).on('end', () => resolve({ status: response.statusCode ?? 0, text, connection: response.headers.connection }));
    });
    request.once('error', reject);
    request.end(options.body);
  });
}

const settled = (flowId: string) => seed.sql`select state from run where flow_id = ${flowId} and state in ('succeeded', 'failed')`;

describe('roles', () => {
  test('one process each: ingress takes in, worker works, scheduler fires; none does the work of another', async () => {
    const live = await liveFlow();
    const ingress = await start(new Set(['ingress'] as const));
    const path = `/in/${live.endpoints['hook']}`;
    expect((await ask(ingress.port, path, { body: '{"n":1}', delivery: 'a' })).status).toBe(200);
    const scheduled = await seed.liveFlow(tenant, new FlowBuilder().node('tick', 'schedule-trigger', { cron: '* * * * *', timeZone: 'UTC' }).build());
    // Nobody works: the event stays in its lane, and no schedule is kept.
    expect(await settled(live.flowId)).toHaveLength(0);
    expect(await seed.sql`select 1 from schedule_state`).toHaveLength(0);

    const worker = await start(new Set(['worker'] as const));
    await until(async () => (await settled(live.flowId)).length === 1, 60_000, 'the run');
    expect((await ask(worker.port, path, { body: '{"n":2}', delivery: 'b' })).status).toBe(404);
    expect((await ask(worker.port, '/health')).status).toBe(200);
    expect((await ask(worker.port, '/ready')).status).toBe(200);
    expect(await seed.sql`select 1 from schedule_state`).toHaveLength(0);

    const scheduler = await start(new Set(['scheduler'] as const));
    await until(async () => (await seed.sql`select 1 from schedule_state where flow_id = ${scheduled.flowId}`).length === 1, 60_000, 'the schedule');
    await seed.sql`update schedule_state set cursor_at = date_trunc('minute', now()) - interval '1 ms', due_at = now() where flow_id = ${scheduled.flowId}`;
    await until(async () => (await settled(scheduled.flowId)).length >= 1, 60_000, 'the scheduled run');
    expect((await ask(scheduler.port, path, { body: '{}' })).status).toBe(404);
  }, 180_000);
});

describe('leaving', () => {
  test('SIGTERM: not ready first, what runs ends, nothing is cut off, exit code 0', async () => {
    const live = await liveFlow();
    const child = await startChildEngine({ engineUrl: world.database.engineUrl, masterKey: world.masterKey, env: { WEFT_DRAIN_SECONDS: '1' } });
    children.push(child);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const path = `/in/${live.endpoints['hook']}`;
    far.answer = () => ({ delayMs: 1_500 });
    expect(await ask(child.port, path, { body: '{"n":1}', delivery: 'c', agent })).toMatchObject({ status: 200 });
    await until(() => far.calls.length === 1, 60_000, 'the call under way');
    child.process.kill('SIGTERM');
    await until(async () => (await ask(child.port, '/ready')).status === 503, 2_000, 'not ready');
    // Alive, and still taking in: the load balancer has not turned away yet. The open connection is told to end.
    expect((await ask(child.port, '/health')).status).toBe(200);
    expect(await ask(child.port, path, { body: '{"n":2}', delivery: 'd', agent })).toMatchObject({ status: 200, connection: 'close' });
    expect(await child.ended).toBe(0);
    const [first] = await seed.sql`select r.state from run r join inbox i on i.id = r.event_id where i.delivery_id = 'c'`;
    expect(first).toMatchObject({ state: 'succeeded' });
    await expect(ask(child.port, '/health')).rejects.toThrow('ECONNREFUSED');
    // What it took in and could not work on is another's.
    await start(new Set(ROLES));
    await until(async () => (await settled(live.flowId)).length === 2, 60_000, 'the second run');
    expect(new Set(far.calls.map((call) => call.headers['idempotency-key'])).size).toBe(2);
    agent.destroy();
  }, 180_000);
});

describe('telemetry', () => {
  test('metrics tell what was done, on a port of their own, without a tenant in any label', async () => {
    const live = await liveFlow();
    const engine = await start(new Set(ROLES), { metrics: { host: '127.0.0.1', port: 0 } });
    const path = `/in/${live.endpoints['hook']}`;
    for (const delivery of ['m1', 'm2', 'm2']) expect((await ask(engine.port, path, { body: '{"n":1}', delivery })).status).toBe(200);
    await ask(engine.port, '/in/unknown', { body: '{}' });
    await until(async () => (await settled(live.flowId)).length === 2, 60_000, 'both runs');
    const metricsPort = engine.metricsPort ?? 0;
    const { status, text } = await ask(metricsPort, '/metrics');
    expect(status).toBe(200);
    const value = (sample: string) => Number(text.split('\n').find((line) => line.startsWith(`${sample} `))?.split(' ')[1]);
    expect(value('weft_events_total{outcome="accepted"}')).toBe(2);
    expect(value('weft_events_total{outcome="duplicate"}')).toBe(1);
    expect(value('weft_runs_total{state="succeeded"}')).toBe(2);
    expect(value('weft_calls_total{result="ok"}')).toBe(2);
    expect(value('weft_steps_total{state="succeeded"}')).toBeGreaterThanOrEqual(2);
    expect(value('weft_run_seconds_count')).toBe(2);
    expect(value('weft_journal_seconds_count')).toBeGreaterThanOrEqual(1);
    expect(value('weft_ingress_answers_total{status="401"}')).toBe(1);
    expect(value('weft_slots{kind="most"}')).toBe(64);
    expect(value('weft_connections_down{state="open"}')).toBe(0);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(text).not.toMatch(/could not be read|NaN|undefined/);
    for (const id of [tenant.partnerId, tenant.retailerId, live.flowId]) expect(text).not.toContain(id);
    expect((await ask(engine.port, '/metrics')).status).toBe(404);
    expect((await ask(metricsPort, '/in/x', { body: '{}' })).status).toBe(404);
  }, 180_000);

  test('traces: a run, its steps, its calls, and the far end told; off, nothing is sent', async () => {
    const received: string[] = [];
    const collector: Server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk))).on('end', () => {
        received.push(body);
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const address = collector.address();
    const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const live = await liveFlow();
    const engine = await start(new Set(ROLES), { tracing: { endpoint, headers: {}, serviceName: 'weft-test' } });
    await ask(engine.port, `/in/${live.endpoints['hook']}`, { body: '{"secret":"in the body"}', delivery: 't1' });
    await until(async () => (await settled(live.flowId)).length === 1, 60_000, 'the run');
    await until(() => received.length > 0, 10_000, 'the spans');
    const [run] = await seed.sql<{ id: string }[]>`select id from run where flow_id = ${live.flowId}`;
    const spans = received.flatMap((body) => JSON.parse(body).resourceSpans[0].scopeSpans[0].spans as { traceId: string; spanId: string; parentSpanId?: string; name: string; kind: number }[]);
    const traceId = run?.id.replaceAll('-', '');
    expect(spans.every((span) => span.traceId === traceId)).toBe(true);
    const root = spans.find((span) => span.parentSpanId === undefined);
    const step = spans.find((span) => span.name === 'erp');
    const call = spans.find((span) => span.kind === 3);
    expect(step?.parentSpanId).toBe(root?.spanId);
    expect(call?.parentSpanId).toBe(step?.spanId);
    expect(far.calls[0]?.headers['traceparent']).toBe(`00-${traceId}-${call?.spanId}-01`);
    expect(received.join('')).not.toContain('in the body');
    await Promise.all(engines.splice(0).map((one) => one.stop()));

    const before = received.length;
    far.calls.length = 0;
    const quiet = await start(new Set(ROLES));
    await ask(quiet.port, `/in/${live.endpoints['hook']}`, { body: '{}', delivery: 't2' });
    await until(async () => (await settled(live.flowId)).length === 2, 60_000, 'the second run');
    expect(far.calls[0]?.headers['traceparent']).toBeUndefined();
    expect(received.length).toBe(before);
    await new Promise((resolve) => collector.close(resolve));
  }, 180_000);
});
