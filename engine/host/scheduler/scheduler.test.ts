import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSealingKey, publicKeyOf } from '#engine/vault/seal.ts';
import { testDatabase } from '#engine/testing/database.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { LiveSeed, type Tenant } from '#engine/testing/seed-live-flow.ts';
import { startTestEngine, testEnv } from '#engine/testing/test-engine.ts';
import { until } from '#engine/testing/until.ts';
import { startBoss } from '../boss.ts';
import { createFlows } from '../config/flows.ts';
import { openDatabase } from '../database.ts';
import type { Engine } from '../engine.ts';
import { createInbox } from '../inbox/accept-events.ts';
import { createLaneNews } from '../lanes/lane-news.ts';
import { startScheduler } from './scheduler.ts';
import { turn, type TickerOptions } from './ticker.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let seed: LiveSeed;
let tenant: Tenant;
let masterKey = '';
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  database = await testDatabase();
  masterKey = (await generateSealingKey()).privateKey;
  seed = new LiveSeed(database.ownerUrl, await publicKeyOf(masterKey));
  tenant = await seed.tenant('Dogwood');
});

afterAll(async () => {
  for (const step of undo.reverse()) await step();
  await seed?.close();
  await database?.drop();
});

function scheduled(config: object, since?: string) {
  const doc = new FlowBuilder().node('tick', 'schedule-trigger', { timeZone: 'Europe/Berlin', ...config }).build();
  return seed.liveFlow(tenant, doc).then(async (live) => {
    if (since) await seed.sql`update live_version set activated_at = ${new Date(since)} where flow_id = ${live.flowId}`;
    return live.flowId;
  });
}

/** A scheduler's parts, to be stepped by hand, at the time of `clock`. */
async function ticker(clock: () => Date): Promise<TickerOptions & { stop(): Promise<void> }> {
  const log = pino({ level: 'silent' });
  const db = openDatabase(database.engineUrl);
  const boss = await startBoss(database.engineUrl, { log, scheduler: false });
  const inbox = createInbox({ sql: db.accept, boss, manager: null, news: createLaneNews(db.sql, log), log });
  const stop = async () => {
    await inbox.close();
    await boss.stop({ graceful: false, close: true });
    await db.close();
  };
  return { sql: db.sql, log, flows: createFlows(db.sql), inbox, clock: () => Promise.resolve(clock()), stop };
}

async function firings(flowId: string): Promise<string[]> {
  const rows = await seed.sql<{ delivery_id: string; body: string }[]>`select delivery_id, body from inbox where flow_id = ${flowId} order by body`;
  expect(new Set(rows.map((row) => row.delivery_id)).size).toBe(rows.length);
  return rows.map((row) => String(JSON.parse(row.body).scheduledFor).slice(5, 16));
}

describe('two schedulers in virtual time (R18)', () => {
  let now = new Date(0);
  let tickers: Awaited<ReturnType<typeof ticker>>[] = [];

  beforeAll(async () => {
    tickers = [await ticker(() => now), await ticker(() => now)];
  });
  afterAll(() => Promise.all(tickers.map((one) => one.stop())));

  async function begin(at: string): Promise<void> {
    now = new Date(at);
    const [first] = tickers;
    if (!first) return;
    const scheduler = await startScheduler(first);
    await scheduler.reconcile();
    await scheduler.stop();
  }

  /** Both look at the same moments, until `end`. */
  async function run(end: string): Promise<number> {
    let made = 0;
    for (;;) {
      const counts = await Promise.all([...tickers, ...tickers].map(turn));
      made += counts.reduce((sum, one) => sum + one, 0);
      const [row] = await seed.sql<{ due: Date | null }[]>`select min(due_at) as due from schedule_state`;
      const next = Math.max(now.getTime() + 250, (row?.due?.getTime() ?? Infinity) + Math.floor(Math.random() * 900));
      if (next > Date.parse(end)) return made;
      now = new Date(next);
    }
  }

  test('clocks set forward and back: each firing once', async () => {
    const flows = {
      night: await scheduled({ cron: '30 2 * * *' }, '2026-03-28T12:00:00Z'),
      quarter: await scheduled({ cron: '*/30 * * * *' }, '2026-03-28T23:45:00Z'),
    };
    await begin('2026-03-28T23:45:00Z');
    const spring = await run('2026-03-29T04:10:00Z');
    expect(await firings(flows.night)).toEqual(['03-29T01:30']);
    expect(await firings(flows.quarter)).toEqual(['03-29T00:00', '03-29T00:30', '03-29T01:00', '03-29T01:30', '03-29T02:00', '03-29T02:30', '03-29T03:00', '03-29T03:30', '03-29T04:00']);
    await seed.sql`delete from live_version`;

    const autumn = { night: await scheduled({ cron: '30 2 * * *' }, '2026-10-24T12:00:00Z'), hours: await scheduled({ cron: '0 * * * *' }, '2026-10-24T22:30:00Z') };
    await begin('2026-10-24T22:30:00Z');
    const fall = await run('2026-10-25T03:30:00Z');
    expect(await firings(autumn.night)).toEqual(['10-25T00:30']);
    expect(await firings(autumn.hours)).toEqual(['10-24T23:00', '10-25T00:00', '10-25T01:00', '10-25T02:00', '10-25T03:00']);
    process.stdout.write(`R18 daylight saving: ${spring} firings in spring, ${fall} in autumn, by four lookers on two schedulers, 0 double\n`);
    await seed.sql`delete from live_version`;
  }, 120_000);

  test('nobody looks for five ticks: skip, once, all', async () => {
    const since = '2026-06-01T06:30:00Z';
    const of = (missed: string) => scheduled({ cron: '0 * * * *', missed }, since);
    const [skip, once, all] = [await of('skip'), await of('once'), await of('all')];
    await begin(since);
    await run('2026-06-01T07:00:30Z');
    expect(await Promise.all([skip, once, all].map(firings))).toEqual([['06-01T07:00'], ['06-01T07:00'], ['06-01T07:00']]);
    now = new Date('2026-06-01T12:30:00Z');
    await run('2026-06-01T13:00:30Z');
    const [afterSkip, afterOnce, afterAll] = await Promise.all([skip, once, all].map(firings));
    expect(afterSkip).toEqual(['06-01T07:00', '06-01T13:00']);
    expect(afterOnce).toEqual(['06-01T07:00', '06-01T12:00', '06-01T13:00']);
    expect(afterAll).toEqual(['07', '08', '09', '10', '11', '12', '13'].map((hour) => `06-01T${hour}:00`));
    process.stdout.write(`R18 down over 5 ticks: skip made up 0, once 1, all 5; double starts 0\n`);
    await seed.sql`delete from live_version`;
  }, 120_000);

  test('no overlap: left out while the run before is open; a paused flow misses nothing', async () => {
    const flowId = await scheduled({ cron: '0 * * * *', noOverlap: true, missed: 'once' }, '2026-06-01T06:30:00Z');
    await begin('2026-06-01T06:30:00Z');
    await run('2026-06-01T08:00:30Z');
    expect(await firings(flowId)).toEqual(['06-01T07:00']);
    await seed.sql`delete from lane_entry where flow_id = ${flowId}`;
    await run('2026-06-01T09:00:30Z');
    expect(await firings(flowId)).toEqual(['06-01T07:00', '06-01T09:00']);
    await seed.sql`delete from lane_entry where flow_id = ${flowId}`;

    await seed.sql`update live_version set active = false where flow_id = ${flowId}`;
    expect(await seed.sql`select 1 from schedule_state where flow_id = ${flowId}`).toHaveLength(0);
    await seed.sql`update live_version set active = true, activated_at = ${new Date('2026-06-01T12:30:00Z')} where flow_id = ${flowId}`;
    for (const one of tickers) one.flows.forgetAll();
    await begin('2026-06-01T12:30:00Z');
    await run('2026-06-01T13:00:30Z');
    expect(await firings(flowId)).toEqual(['06-01T07:00', '06-01T09:00', '06-01T13:00']);
    await seed.sql`delete from live_version`;
  }, 120_000);
});

describe('schedulers in real time', () => {
  test('a live schedule fires, runs, and goes with its version', async () => {
    const engines: Engine[] = [await startTestEngine(testEnv(database.engineUrl, masterKey)), await startTestEngine(testEnv(database.engineUrl, masterKey, ['scheduler']))];
    undo.push(() => Promise.all(engines.map((engine) => engine.stop())));
    const flowId = await scheduled({ cron: '* * * * *' });
    const rows = () => seed.sql`select 1 from schedule_state where flow_id = ${flowId}`;
    await until(async () => (await rows()).length > 0, 60_000, 'the row');
    await seed.sql`update schedule_state set cursor_at = date_trunc('minute', now()) - interval '1 ms', due_at = now() where flow_id = ${flowId}`;
    await until(async () => (await seed.sql`select 1 from run where flow_id = ${flowId} and state = 'succeeded'`).length >= 1, 60_000, 'the run');
    const events = await seed.sql`select trigger, delivery_id from inbox where flow_id = ${flowId}`;
    expect(new Set(events.map((event) => event['delivery_id'])).size).toBe(events.length);
    expect(events[0]).toMatchObject({ trigger: 'schedule' });
    await seed.sql`update live_version set active = false where flow_id = ${flowId}`;
    expect(await rows()).toHaveLength(0);
  }, 240_000);

  test('five minutes fast and five minutes slow: one firing, at the database’s time (R18)', async () => {
    const flowId = await scheduled({ cron: '* * * * *' });
    const children = [await shifted(300_000), await shifted(-300_000)];
    undo.push(() => Promise.all(children.map((child) => Promise.resolve(child.kill('SIGKILL')))));
    await until(async () => (await seed.sql`select 1 from schedule_state where flow_id = ${flowId}`).length > 0, 60_000, 'the row');
    for (let round = 1; round <= 5; round += 1) {
      await seed.sql`update schedule_state set cursor_at = date_trunc('minute', now()) - interval '1 ms', due_at = now() where flow_id = ${flowId}`;
      await until(async () => (await seed.sql`select 1 from schedule_state where flow_id = ${flowId} and due_at > now()`).length > 0, 60_000, 'the firing');
    }
    const rows = await seed.sql<{ delivery_id: string; late: number }[]>`
      select delivery_id, extract(epoch from received_at - (body::json ->> 'scheduledFor')::timestamptz)::float8 as late from inbox where flow_id = ${flowId}`;
    expect(new Set(rows.map((row) => row.delivery_id)).size).toBe(rows.length);
    for (const { late } of rows) expect(late).toBeGreaterThanOrEqual(0);
    for (const { late } of rows) expect(late).toBeLessThan(61);
    // Five tellings within two minutes at most.
    expect(rows.length).toBeLessThanOrEqual(3);
    process.stdout.write(`R18 clocks +5 and -5 min: told five times, ${rows.length} minutes fired, 0 double, 0 early\n`);
  }, 240_000);

  async function shifted(ms: number): Promise<ChildProcess> {
    const shift = `const real = Date; const now = () => real.now() + ${ms}; globalThis.Date = class extends real { constructor(...a) { super(...(a.length ? a : [now()])); } static now() { return now(); } };`;
    const main = fileURLToPath(new URL('../main.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(shift)}`, main, '--roles', 'scheduler'], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { NODE_ENV: 'test', PATH: process.env['PATH'], WEFT_ENGINE_DATABASE_URL: database.engineUrl, WEFT_MASTER_KEY: masterKey, WEFT_ENGINE_PORT: '0' },
    });
    const [message] = await Promise.race([once(child, 'message'), once(child, 'exit').then(([code]) => { throw new Error(`ended with ${code}`); })]);
    expect(message).toMatchObject({ type: 'ready' });
    return child;
  }
});
