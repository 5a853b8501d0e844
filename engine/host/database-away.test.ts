import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateSealingKey, publicKeyOf } from '#engine/vault/seal.ts';
import { testDatabase } from '#engine/testing/database.ts';
import { FarEnd } from '#engine/testing/far-end.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { LiveSeed } from '#engine/testing/seed-live-flow.ts';
import { TcpProxy } from '#engine/testing/tcp-proxy.ts';
import { startTestEngine, testEnv } from '#engine/testing/test-engine.ts';
import { until } from '#engine/testing/until.ts';
import type { Engine } from './engine.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let seed: LiveSeed;
let far: FarEnd;
let proxy: TcpProxy;
let engine: Engine;
let url = '';
let flowId = '';

beforeAll(async () => {
  database = await testDatabase();
  const masterKey = (await generateSealingKey()).privateKey;
  seed = new LiveSeed(database.ownerUrl, await publicKeyOf(masterKey));
  const tenant = await seed.tenant('Elder');
  far = new FarEnd();
  const port = await far.listen();
  await seed.allow(`127.0.0.1:${port}`);
  const connectionId = await seed.connection(tenant, { baseUrl: `http://127.0.0.1:${port}` });
  const doc = new FlowBuilder()
    .node('hook', 'webhook-trigger', { verification: { recipe: 'none' } })
    .node('erp', 'http-request', { connectionId, url: '/orders' })
    .edge('hook', 'erp')
    .build();
  const live = await seed.liveFlow(tenant, doc);
  flowId = live.flowId;
  const direct = new URL(database.engineUrl);
  proxy = new TcpProxy({ host: direct.hostname, port: Number(direct.port) });
  direct.port = String(await proxy.listen());
  direct.hostname = '127.0.0.1';
  engine = await startTestEngine(testEnv(direct.href, masterKey));
  url = `http://127.0.0.1:${engine.port}/in/${live.endpoints['hook']}`;
});

afterAll(async () => {
  await engine?.stop();
  await far?.close();
  await proxy?.away();
  await seed?.close();
  await database?.drop();
});

const post = (id: number) => fetch(url, { method: 'POST', body: `{"id":${id}}` });

test('while Postgres is away senders get 503 at once, and nothing needs a restart when it is back', async () => {
  expect((await post(1)).status).toBe(200);
  await far.until(() => far.calls.length === 1);

  await proxy.away();
  for (let at = 0; at < 5; at += 1) {
    const started = performance.now();
    const refused = await post(100 + at);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(1);
    expect(performance.now() - started).toBeLessThan(4_000);
  }

  await proxy.back();
  const taken = await until(async () => ((await post(2)).status === 200 ? true : null), 15_000, 'the engine to take events again');
  expect(taken).toBe(true);
  await until(async () => (await seed.sql`select 1 from lane_entry where flow_id = ${flowId}`).length === 0, 30_000, 'the lane to drain');
  const ids = far.calls.map((call) => JSON.parse(call.body).id);
  expect(ids).toContain(2);
  const runs = await seed.sql`select state from run where flow_id = ${flowId}`;
  expect(new Set(runs.map((run) => run.state))).toEqual(new Set(['succeeded']));
  // An answer of 200 is a promise; 503 may have been stored all the same, but only once.
  expect(runs.length).toBe(far.keys.size);
}, 90_000);
