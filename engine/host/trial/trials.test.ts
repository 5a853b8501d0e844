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

async function trial(queue: string, row: { doc: string; trigger: string; body: string; sendWrites: boolean; until?: string; only?: string }) {
  const id = uuidv7();
  await seed.sql`insert into test_run (id, partner_id, retailer_id, flow_id, doc, trigger_node_id, body, send_writes, until_node_id, only_node_id)
    values (${id}, ${tenant.partnerId}, ${tenant.retailerId}, ${uuidv7()}, ${row.doc}, ${row.trigger}, ${row.body}, ${row.sendWrites}, ${row.until ?? null}, ${row.only ?? null})`;
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

  test('a test up to a step calls nothing beside its way; a step alone works on the record it is given', async () => {
    far.answer = () => ({ body: '{"name":"Boot"}' });
    const doc = JSON.stringify(
      new FlowBuilder()
        .node('hook', 'manual-trigger')
        .node('look', 'http-request', { connectionId, method: 'GET', url: '/look/{{id}}', answer: { mode: 'add', field: 'article' } })
        .node('beside', 'http-request', { connectionId, method: 'GET', url: '/beside' })
        .node('erp', 'http-request', { connectionId, method: 'POST', url: '/orders' })
        .node('after', 'http-request', { connectionId, method: 'GET', url: '/after' })
        .node('island', 'http-request', { connectionId, method: 'GET', url: '/island' })
        .edge('hook', 'look').edge('hook', 'beside').edge('look', 'erp').edge('erp', 'after')
        .build(),
    );
    const part = async (row: { body?: string; sendWrites?: boolean; until?: string; only?: string }) => {
      far.calls.length = 0;
      const { result } = await trial('test-run', { doc, trigger: 'hook', body: '{"id":7}', sendWrites: false, ...row });
      return { result, steps: result.steps.map((step: { nodeId: string }) => step.nodeId), calls: far.calls.map((call) => `${call.method} ${call.path}`) };
    };
    expect(await part({ until: 'look' })).toMatchObject({ steps: ['hook', 'look'], calls: ['GET /look/7'], result: { state: 'succeeded' } });
    expect(await part({ until: 'erp' })).toMatchObject({ steps: ['hook', 'look', 'erp'], calls: ['GET /look/7'] });
    expect(await part({ until: 'hook' })).toMatchObject({ steps: ['hook'], calls: [] });
    expect(await part({ until: 'island' })).toMatchObject({ steps: [], calls: [], result: { state: 'failed', failure: { code: 'test_unreachable' } } });
    const alone = await part({ only: 'erp', body: '{"id":820982911946154508}' });
    expect(alone).toMatchObject({ steps: ['erp'], calls: [] });
    expect(alone.result.steps[0]).toMatchObject({ inputText: '{"in":[{"key":"0","data":{"id":820982911946154508}}]}', calls: [{ held: true, method: 'POST', bodyText: '{"id":820982911946154508}' }] });
    expect(await part({ only: 'erp', sendWrites: true })).toMatchObject({ calls: ['POST /orders'] });
    expect(await part({ only: 'gone' })).toMatchObject({ result: { failure: { code: 'test_unreachable' } } });
  });

  test('waits and approvals pass at once, what would change something is only told, a long list ends after three pages', async () => {
    far.calls.length = 0;
    far.answer = (call) => ({ body: JSON.stringify({ items: [{ id: `${call.path}-1` }, { id: `${call.path}-2` }] }) });
    await seed.sql`insert into lookup_table (partner_id, retailer_id, id, name, rows)
      values (${tenant.partnerId}, ${tenant.retailerId}, ${uuidv7()}, 'countries', '[{"key":"DE","value":"19"}]')`;
    const flow = new FlowBuilder()
      .node('hook', 'manual-trigger')
      .node('rest', 'wait', { mode: 'for', seconds: 3_600 })
      .node('ask', 'approval', { title: 'Really?' })
      .node('vat', 'lookup-table', { table: 'countries', keyPath: 'country', field: 'vat' })
      .node('calm', 'debounce', { keyPaths: ['country'], seconds: 60 })
      .node('seen', 'dedupe', { keyPaths: ['country'], windowHours: 1 })
      .node('tell', 'flow-event', { topic: 'order.paid' })
      .node('call', 'flow-call', { flowId: uuidv7(), answer: { mode: 'keep' } })
      .node('last', 'flow-variable', { mode: 'set', name: 'last', path: 'country' })
      .node('link', 'cross-reference', { mode: 'put', entity: 'customer', from: 'shop', to: 'erp', idPath: 'country', otherIdPath: 'vat' })
      .node('answer', 'respond', {})
      .node('list', 'http-pages', { connectionId, url: '/items', recordsPath: 'items', paging: { style: 'page', pageParam: 'page', firstPage: 1, size: 2, ends: 'empty' } });
    const chain = ['hook', 'rest', 'ask', 'vat', 'calm', 'seen', 'tell', 'call', 'last', 'link', 'answer', 'list'];
    for (const [at, node] of chain.slice(1).entries()) flow.edge(chain[at] === 'ask' ? 'ask.approved' : (chain[at] ?? ''), node);
    const { result } = await trial('test-run', { doc: JSON.stringify(flow.build()), trigger: 'hook', body: '{"country":"DE"}', sendWrites: true });
    expect(result).toMatchObject({ state: 'succeeded' });
    expect(result.durationMs).toBeLessThan(10_000);
    const logs = Object.fromEntries(result.steps.map((step: { nodeId: string; logs: string[] }) => [step.nodeId, step.logs.join('\n')]));
    expect(Object.keys(logs)).toEqual(chain);
    expect(logs).toMatchObject({
      rest: 'test: not waited, records: 1', ask: 'test: approved without asking, records: 1',
      tell: expect.stringContaining('held: event order.paid, listeners: 0'), link: 'held: cross-reference customer: shop DE = erp 19', last: 'held: checkpoint var:last = "DE"',
      call: expect.stringContaining('held: call of flow'), answer: expect.stringContaining('held: answer 200 {"country":"DE"'), list: expect.stringContaining('test: stopped after 3 pages'),
    });
    expect(result.steps.at(-1)).toMatchObject({ recordsOut: 6 });
    expect(far.calls).toHaveLength(3);
    const kept: string[] = [];
    for (const table of ['xref', 'checkpoint', 'approval', 'dedupe_key', 'coalesce_key', 'reply', 'inbox', 'run', 'run_page']) {
      if ((await seed.sql`select 1 from ${seed.sql(table)} where partner_id = ${tenant.partnerId}`).length > 0) kept.push(table);
    }
    expect(kept).toEqual([]);
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
