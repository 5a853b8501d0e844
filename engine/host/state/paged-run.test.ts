import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChildEngine, type ChildEngine } from '#engine/testing/child-engine.ts';
import { openEngineWorld, type EngineWorld } from '#engine/testing/engine-world.ts';
import type { FarEnd } from '#engine/testing/far-end.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import type { LiveSeed } from '#engine/testing/seed-live-flow.ts';
import { until } from '#engine/testing/until.ts';

const RECORDS = 50_000;
const PAGE = 500;
const BATCH = 100;

let world: EngineWorld;
let seed: LiveSeed;
let far: FarEnd;
let child: ChildEngine | null = null;

beforeAll(async () => {
  world = await openEngineWorld();
  ({ seed, far } = world);
});

afterAll(async () => {
  await child?.kill('SIGKILL');
  await world?.close();
});

/** A page of products: what a shop lists. */
function products(path: string): string {
  const page = Number(new URLSearchParams(path.split('?')[1]).get('page'));
  const first = (page - 1) * PAGE;
  const count = Math.max(0, Math.min(PAGE, RECORDS - first));
  return JSON.stringify({ items: Array.from({ length: count }, (_, at) => ({ id: first + at, sku: `SKU-${first + at}`, price: '12.50', active: true })) });
}

test('50,000 records page by page, the engine killed in the middle: none lost, none twice', { timeout: 180_000 }, async () => {
  const tenant = await seed.tenant('Larch');
  const connectionId = await seed.connection(tenant, { baseUrl: world.farUrl });
  far.answer = (call) => (call.method === 'GET' ? { body: products(call.path) } : {});
  const mapping = {
    rules: ['id', 'sku', 'price'].map((name) => ({ id: name, target: name, source: { type: 'path', path: name }, functions: [], onMissing: 'fail' })),
  };
  const doc = new FlowBuilder()
    .node('hook', 'webhook-trigger', { verification: { recipe: 'none' } })
    .node('shop', 'http-pages', { connectionId, url: '/products', recordsPath: 'items', paging: { style: 'page', pageParam: 'page', firstPage: 1, sizeParam: 'limit', size: PAGE, ends: 'empty' } })
    .node('map', 'map', { mapping })
    .node('batch', 'batch', { size: BATCH })
    .node('erp', 'http-request', { connectionId, method: 'POST', url: '/products', answer: { mode: 'keep' } })
    .edge('hook', 'shop').edge('shop', 'map').edge('map', 'batch').edge('batch', 'erp')
    .build();
  const flow = await seed.liveFlow(tenant, doc);
  const posts = () => far.calls.filter((call) => call.method === 'POST');

  child = await startChildEngine({ engineUrl: world.database.engineUrl, masterKey: world.masterKey });
  const started = performance.now();
  expect((await fetch(`http://127.0.0.1:${child.port}/in/${flow.endpoints['hook']}`, { method: 'POST', body: '{}' })).status).toBe(200);
  let sent = 0;
  await far.until(() => (sent += far.calls.at(-1)?.method === 'POST' ? 1 : 0) >= RECORDS / BATCH / 2);
  await child.kill('SIGKILL');
  const killedAt = performance.now();
  const before = posts().length;
  const readBefore = far.calls.length - before;
  const [page] = await seed.sql`select p.page, r.pages, r.state from run_page p join run r on r.id = p.run_id where r.flow_id = ${flow.flowId}`;
  expect(page).toMatchObject({ state: 'running' });
  expect(page?.page).toBe(page?.pages);

  child = await startChildEngine({ engineUrl: world.database.engineUrl, masterKey: world.masterKey });
  await until(() => posts().length > before, 60_000, 'the run to be taken up');
  const takenUp = performance.now();
  const [run] = await until(async () => {
    const rows = await seed.sql`select * from run where flow_id = ${flow.flowId} and state in ('succeeded', 'failed')`;
    return rows.length > 0 ? rows : null;
  }, 100_000, 'the run to end').catch(async (error: unknown) => {
    const rows = await seed.sql`select r.state, r.pages, r.failure_message, e.attempt, e.due_at, e.waiting_code, l.lease_owner, l.lease_until, l.rung from run r left join lane_entry e on e.run_id = r.id left join lane l on l.flow_id = r.flow_id where r.flow_id = ${flow.flowId}`;
    throw new Error(`${String(error)} ${JSON.stringify(rows)} ${child?.output().slice(-4_000)}`);
  });
  const done = performance.now();
  expect(run).toMatchObject({ state: 'succeeded', records_failed: 0 });

  // What the far end has: by key one body, over all keys each record once.
  const bodies = new Map(posts().map((call) => [call.key, call.body]));
  expect(posts().filter((call) => call.body !== bodies.get(call.key))).toEqual([]);
  const skus = [...bodies.values()].flatMap((body): string[] => JSON.parse(body).records.map((record: { sku: string }) => record.sku));
  expect(skus).toHaveLength(RECORDS);
  expect(new Set(skus).size).toBe(RECORDS);
  const repeated = posts().length - bodies.size;
  expect(repeated).toBeLessThanOrEqual(PAGE / BATCH + 3);
  const reread = far.calls.length - posts().length - (RECORDS / PAGE + 1);
  expect(reread).toBeLessThanOrEqual(3);

  // What the database has.
  const steps = await seed.sql`select node_id, sum(records_in)::int as records_in, max(attempt) as attempt from step where run_id = ${run?.id} group by node_id`;
  const last = new Map((await seed.sql`select distinct on (node_id) node_id, records_in, records_out from step where run_id = ${run?.id} order by node_id, attempt desc`).map((row) => [row.node_id, row]));
  expect(steps.length).toBeGreaterThan(3);
  expect(last.get('map')).toMatchObject({ records_in: RECORDS, records_out: RECORDS });
  expect(last.get('erp')).toMatchObject({ records_in: RECORDS / BATCH });
  expect(run?.pages).toBeGreaterThanOrEqual(RECORDS / PAGE);
  expect(await seed.sql`select 1 from run_page`).toHaveLength(0);
  expect((await seed.sql`select count(*)::int as n from effect where run_id = ${run?.id} and operation = 'POST'`)[0]?.n).toBe(RECORDS / BATCH);
  const seconds = (done - started - (takenUp - killedAt)) / 1000;
  console.info(
    `50,000 records paged: killed after ${before} of ${RECORDS / BATCH} calls and ${readBefore} pages, taken up ${((takenUp - killedAt) / 1000).toFixed(1)} s later, ` +
      `${repeated} calls repeated under their key, ${reread} pages read again, 0 lost, 0 doubled; ${(RECORDS / seconds).toFixed(0)} records/s beside it`,
  );
});
