import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidv7 } from 'uuidv7';
import { generateSealingKey, publicKeyOf } from '#engine/vault/seal.ts';
import { testDatabase } from '#engine/testing/database.ts';
import { FarEnd } from '#engine/testing/far-end.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { LiveSeed, type Tenant } from '#engine/testing/seed-live-flow.ts';
import { startTestEngine, testEnv } from '#engine/testing/test-engine.ts';
import { until } from '#engine/testing/until.ts';
import type { Engine } from '../engine.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let seed: LiveSeed;
let tenant: Tenant;
let far: FarEnd;
let engine: Engine;
let boss: PgBoss;
let connectionId = '';

beforeAll(async () => {
  database = await testDatabase();
  const masterKey = (await generateSealingKey()).privateKey;
  seed = new LiveSeed(database.ownerUrl, await publicKeyOf(masterKey));
  tenant = await seed.tenant('Cedar');
  far = new FarEnd();
  const port = await far.listen();
  await seed.allow(`127.0.0.1:${port}`);
  connectionId = await seed.connection(tenant, { baseUrl: `http://127.0.0.1:${port}`, secret: 'trial-secret-token', authKind: 'bearer' });
  engine = await startTestEngine(testEnv(database.engineUrl, masterKey, ['worker']));
  boss = new PgBoss({ connectionString: database.ownerUrl, supervise: false, schedule: false, migrate: false, registerInstance: false });
  boss.on('error', () => undefined);
  await boss.start();
});

afterAll(async () => {
  await engine?.stop();
  await boss?.stop({ graceful: false, close: true });
  await far?.close();
  await seed?.close();
  await database?.drop();
});

async function trial(queue: string, row: { doc: string; trigger: string; body: string; sendWrites: boolean }) {
  const id = uuidv7();
  await seed.sql`insert into test_run (id, partner_id, retailer_id, flow_id, doc, trigger_node_id, body, send_writes)
    values (${id}, ${tenant.partnerId}, ${tenant.retailerId}, ${uuidv7()}, ${row.doc}, ${row.trigger}, ${row.body}, ${row.sendWrites})`;
  await boss.send(queue, { testRunId: id });
  const [done] = await until(async () => {
    const rows = await seed.sql`select state, result from test_run where id = ${id} and state in ('done', 'failed')`;
    return rows.length > 0 ? rows : null;
  });
  return { state: done?.state, result: JSON.parse(String(done?.result)) };
}

const draft = () =>
  JSON.stringify(
    new FlowBuilder()
      .node('hook', 'manual-trigger')
      .node('look', 'http-request', { connectionId, method: 'GET', url: '/articles/{{id}}', answer: { mode: 'add', field: 'article' } })
      .node('erp', 'http-request', { connectionId, method: 'POST', url: '/orders' })
      .edge('hook', 'look')
      .edge('look', 'erp')
      .build(),
  );

describe('test runs', () => {
  test('reads are sent, writes are held and shown', async () => {
    far.answer = () => ({ body: '{"name":"Boot"}' });
    const { state, result } = await trial('test-run', { doc: draft(), trigger: 'hook', body: '{"id":820982911946154508}', sendWrites: false });
    expect(state).toBe('done');
    expect(result.state).toBe('succeeded');
    expect(result.steps.map((step: { nodeId: string }) => step.nodeId)).toEqual(['hook', 'look', 'erp']);
    expect(far.calls.map((call) => `${call.method} ${call.path}`)).toEqual(['GET /articles/820982911946154508']);
    const [call] = result.steps[2].calls;
    expect(call).toMatchObject({ method: 'POST', held: true, bodyText: '{"id":820982911946154508,"article":{"name":"Boot"}}' });
    expect(JSON.stringify(result)).not.toContain('trial-secret-token');
    expect(result.steps[0].outputsText).toBe('{"out":[{"key":"0","data":{"id":820982911946154508}}]}');
    expect(await seed.sql`select 1 from run where partner_id = ${tenant.partnerId}`).toHaveLength(0);
  });

  test('writes are sent when asked for; a draft that cannot run says why', async () => {
    far.calls.length = 0;
    const sent = await trial('test-run', { doc: draft(), trigger: 'hook', body: '{"id":1}', sendWrites: true });
    expect(sent.result.steps[2].calls[0]).toMatchObject({ held: false, status: 200 });
    expect(far.calls.map((call) => call.method)).toEqual(['GET', 'POST']);
    expect((await trial('test-run', { doc: '{"schemaVersion":99}', trigger: 'hook', body: '', sendWrites: false })).result.failure.code).toBe('newer_than_code');
    expect((await trial('test-run', { doc: draft(), trigger: 'hook', body: '{', sendWrites: false })).result.failure.code).toBe('body_malformed');
  });

  test('a connection is tested with its secret', async () => {
    far.answer = (call) => (call.headers.authorization === 'Bearer trial-secret-token' ? { status: 404 } : { status: 401 });
    const good = await trial('connection-test', { doc: '', trigger: `connection:${connectionId}`, body: '', sendWrites: false });
    expect(good.result).toMatchObject({ ok: true, status: 404 });
    far.answer = () => ({ status: 403, body: 'no' });
    const bad = await trial('connection-test', { doc: '', trigger: `connection:${connectionId}`, body: '', sendWrites: false });
    expect(bad.result).toMatchObject({ ok: false, status: 403, code: 'http_403' });
  });
});
