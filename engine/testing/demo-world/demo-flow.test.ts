import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type Sql } from '#drizzle/client.ts';
import { seedDemo } from '#drizzle/seed/seed-demo.ts';
import { startEngine, type Engine } from '#engine/host/engine.ts';
import { createLog } from '#engine/host/log.ts';
import { generateSealingKey } from '#engine/vault/seal.ts';
import { testDatabase } from '../database.ts';
import { demoOrders } from './demo-orders.ts';
import { postFirstOrders } from './first-orders.ts';
import { startDemoWorld, type DemoWorld } from './start-demo-world.ts';

// What a newcomer finds after the first start: the seed, the engine and the demo world together, over HTTP.

let database: Awaited<ReturnType<typeof testDatabase>>;
let world: DemoWorld;
let engine: Engine;
let sql: Sql;

beforeAll(async () => {
  database = await testDatabase();
  world = await startDemoWorld();
  const key = await generateSealingKey();
  await seedDemo(database.ownerUrl, { enginePublicUrl: 'http://127.0.0.1', demoWorldUrl: world.url, publicKey: key.publicKey, writeFile: () => undefined });
  engine = await startEngine(
    {
      databaseUrl: database.engineUrl,
      host: '127.0.0.1',
      port: 0,
      masterKey: { text: key.privateKey },
      logLevel: 'silent',
      maxBodyBytes: 5_000_000,
      slots: 16,
      sandboxChildren: 1,
      roles: new Set(['ingress', 'worker', 'scheduler']),
    },
    createLog('silent'),
  );
  ({ sql } = connect({ url: database.engineUrl, role: 'engine', max: 1 }));
});

afterAll(async () => {
  await sql.end();
  await engine.stop();
  await world.close();
  await database.drop();
});

async function until<T>(look: () => Promise<T>, good: (found: T) => boolean): Promise<T> {
  for (;;) {
    const found = await look();
    if (good(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('the seeded orders have run: each at the ERP and in loyalty once, one refused with its reason', async () => {
  const ingressUrl = `http://127.0.0.1:${engine.port}`;
  const sent = await postFirstOrders({ ingressUrl });
  expect(sent.every(({ status }) => status >= 200 && status < 300)).toBe(true);
  // Once more, as the next start would: nothing may happen twice.
  await postFirstOrders({ ingressUrl });

  const finished = await until(
    () => sql<{ state: string; failure_message: string | null }[]>`SELECT state, failure_message FROM run`,
    (runs) => runs.length >= demoOrders.length && runs.every(({ state }) => state === 'succeeded' || state === 'failed'),
  );
  expect(finished).toHaveLength(demoOrders.length);
  const failed = finished.filter(({ state }) => state === 'failed');
  expect(failed).toHaveLength(1);
  const exceptions = await sql<{ message: string; data: string }[]>`SELECT message, data FROM exception`;
  expect(exceptions.map(({ message }) => message).join()).toContain('recall R-118');

  const created = world.log().filter(({ status }) => status === 201);
  expect(created.filter(({ system }) => system === 'erp')).toHaveLength(demoOrders.length - 1);
  expect(created.filter(({ system }) => system === 'loyalty').length).toBeGreaterThanOrEqual(demoOrders.length - 1);
  expect(world.log().filter(({ system, status }) => system === 'erp' && status === 422)).toHaveLength(1);
  expect(new Set(created.map(({ system, idempotencyKey }) => `${system} ${idempotencyKey}`)).size).toBe(created.length);
  for (const { retailer, number, order } of demoOrders) {
    if (number === 1044) continue;
    const externalId = typeof order === 'object' && order !== null && 'id' in order ? String(order.id) : '';
    const mine = created.filter((entry) => entry.system === 'erp' && entry.body.includes(`"externalId":"${externalId}"`));
    expect(mine.map((entry) => entry.retailer)).toEqual([retailer]);
  }
}, 60_000);
