import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { generateSealingKey } from '#engine/vault/seal.ts';
import { startChildEngine, type ChildEngine } from '#engine/testing/child-engine.ts';
import { openEngineWorld, type EngineWorld } from '#engine/testing/engine-world.ts';
import type { FarEnd } from '#engine/testing/far-end.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import type { LiveSeed, Tenant } from '#engine/testing/seed-live-flow.ts';
import { until } from '#engine/testing/until.ts';

let world: EngineWorld;
let seed: LiveSeed;
let tenant: Tenant;
let far: FarEnd;
const children: ChildEngine[] = [];

beforeAll(async () => {
  world = await openEngineWorld();
  ({ seed, far } = world);
  tenant = await seed.tenant('Birch');
});

afterEach(async () => {
  for (const child of children.splice(0)) await child.kill('SIGKILL');
  far.answer = () => ({});
  far.calls.length = 0;
});

afterAll(async () => {
  await world?.close();
});

async function start(options: { port?: number; args?: string[] } = {}): Promise<ChildEngine> {
  const child = await startChildEngine({ engineUrl: world.database.engineUrl, masterKey: world.masterKey, ...options });
  children.push(child);
  return child;
}

async function flowTo(path: string) {
  const connectionId = await seed.connection(tenant, { baseUrl: world.farUrl, secret: 'child-secret-token', authKind: 'bearer' });
  const doc = new FlowBuilder()
    .node('hook', 'webhook-trigger', { verification: { recipe: 'none', dedupeHeader: 'x-delivery' } })
    .node('erp', 'http-request', { connectionId, url: path })
    .node('points', 'http-request', { connectionId, url: '/points' })
    .edge('hook', 'erp')
    .edge('erp', 'points')
    .settings({ retry: { maxAttempts: 20, baseSeconds: 0.2, maxSeconds: 1 } })
    .build();
  return seed.liveFlow(tenant, doc);
}

function deliver(url: string, at: number): Promise<number> {
  return fetch(url, { method: 'POST', body: `{"id":"k-${at}"}`, headers: { 'x-delivery': `k-${at}` } }).then(
    async (response) => (await response.text(), response.status),
    () => 0,
  );
}

describe('engine process', () => {
  test('kill -9 in the middle of 500 events loses none and repeats no effect under another key', async () => {
    const live = await flowTo('/orders');
    let engine = await start();
    const url = () => `http://127.0.0.1:${engine.port}/in/${live.endpoints['hook']}`;
    far.answer = () => ({ delayMs: 5 });
    const acknowledged = new Set<number>();
    const send = async (from: number, to: number) => {
      for (let at = from; at < to; at += 1) {
        // The sender repeats what was not acknowledged, as vendors do.
        await until(async () => (await deliver(url(), at)) === 200, 60_000, `delivery ${at}`);
        acknowledged.add(at);
      }
    };
    const senders = Promise.all(Array.from({ length: 10 }, (_, sender) => send(sender * 50, sender * 50 + 50)));
    await far.until(() => far.calls.length >= 200);
    await engine.kill('SIGKILL');
    engine = await start();
    await senders;
    expect(acknowledged.size).toBe(500);
    await until(async () => (await seed.sql`select 1 from run where flow_id = ${live.flowId} and state = 'succeeded'`).length === 500, 60_000, 'all runs');
    expect(await seed.sql`select 1 from lane_entry where flow_id = ${live.flowId}`).toHaveLength(0);
    expect(await seed.sql`select 1 from inbox where flow_id = ${live.flowId}`).toHaveLength(500);
    expect(far.keys.size).toBe(1_000);
    const ledger = await seed.sql`select key from effect e join run r on r.id = e.run_id where r.flow_id = ${live.flowId}`;
    expect(new Set(ledger.map((row) => String(row.key)))).toEqual(far.keys);
    // Repeated calls only for what was in flight at the kill.
    expect(far.calls.length - 1_000).toBeLessThan(200);
  }, 120_000);

  test('stops when told, finishing what is under way', async () => {
    const live = await flowTo('/slow');
    const engine = await start();
    far.answer = () => ({ delayMs: 400 });
    const url = `http://127.0.0.1:${engine.port}/in/${live.endpoints['hook']}`;
    expect(await Promise.all([1, 2, 3].map((at) => deliver(url, at)))).toEqual([200, 200, 200]);
    await far.until(() => far.calls.length >= 3);
    const started = performance.now();
    expect(await engine.kill('SIGTERM')).toBe(0);
    expect(performance.now() - started).toBeLessThan(10_000);
    const runs = await seed.sql`select state from run where flow_id = ${live.flowId}`;
    expect(runs.map((run) => run.state)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect(engine.output()).not.toContain('child-secret-token');
  });

  test('does not outlive its supervisor', async () => {
    const engine = await start({ args: ['--roles', 'ingress'] });
    engine.process.disconnect();
    expect(await engine.ended).toBe(0);
  });

  test('refuses a master key that is not the installation\'s', async () => {
    await start({ args: ['--roles=ingress'] });
    const other = (await generateSealingKey()).privateKey;
    const refused = startChildEngine({ engineUrl: world.database.engineUrl, masterKey: other });
    await expect(refused).rejects.toThrow(/ended \(78\)[^]*sealed for|installation's key/);
  });
});
