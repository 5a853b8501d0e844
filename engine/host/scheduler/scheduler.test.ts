import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateSealingKey, publicKeyOf } from '#engine/vault/seal.ts';
import { testDatabase } from '#engine/testing/database.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { LiveSeed } from '#engine/testing/seed-live-flow.ts';
import { startTestEngine, testEnv } from '#engine/testing/test-engine.ts';
import { until } from '#engine/testing/until.ts';
import type { Engine } from '../engine.ts';
import { tickOf } from './scheduler.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let seed: LiveSeed;
const engines: Engine[] = [];
let masterKey = '';

beforeAll(async () => {
  database = await testDatabase();
  masterKey = (await generateSealingKey()).privateKey;
  seed = new LiveSeed(database.ownerUrl, await publicKeyOf(masterKey));
});

afterAll(async () => {
  for (const engine of engines) await engine.stop();
  await seed?.close();
  await database?.drop();
});

describe('scheduler', () => {
  test('live schedules are pg-boss schedules; a firing seen twice is one event', async () => {
    const tenant = await seed.tenant('Dogwood');
    engines.push(await startTestEngine(testEnv(database.engineUrl, masterKey)), await startTestEngine(testEnv(database.engineUrl, masterKey, ['scheduler'])));
    const doc = new FlowBuilder().node('tick', 'schedule-trigger', { cron: '* * * * *', timeZone: 'Europe/Berlin' }).build();
    const live = await seed.liveFlow(tenant, doc);
    const schedules = () => seed.sql`select key, cron, timezone from pgboss.schedule where name = 'schedule'`;
    expect((await until(async () => (await schedules())[0]))).toMatchObject({ cron: '* * * * *', timezone: 'Europe/Berlin' });

    // Two schedulers, one minute: the second firing is the first one's duplicate.
    const boss = new PgBoss({ connectionString: database.ownerUrl, supervise: false, schedule: false, migrate: false, registerInstance: false });
    boss.on('error', () => undefined);
    await boss.start();
    const firing = { flowId: live.flowId, nodeId: 'tick', environment: 'production' };
    await Promise.all([boss.send('schedule', firing), boss.send('schedule', firing)]);
    await until(async () => (await seed.sql`select 1 from pgboss.job where name = 'schedule' and state = 'completed'`).length >= 2, 20_000, 'both firings');
    await boss.stop({ graceful: false, close: true });
    const events = await seed.sql`select delivery_id, body, trigger from inbox where flow_id = ${live.flowId}`;
    // The minute may have changed between the two, or the real cron have fired beside them: never twice for one minute.
    expect(new Set(events.map((event) => event.delivery_id)).size).toBe(events.length);
    expect(events.length).toBeGreaterThan(0);
    expect(events[0]).toMatchObject({ trigger: 'schedule' });
    await until(async () => (await seed.sql`select 1 from run where flow_id = ${live.flowId} and state = 'succeeded'`).length >= 1, 20_000, 'the run');

    await seed.sql`update live_version set active = false where flow_id = ${live.flowId}`;
    await until(async () => (await schedules()).length === 0, 20_000, 'the schedule to go');
  }, 60_000);

  test('a job names the firing it stands for', () => {
    const schedule = { cron: '*/5 * * * *', timeZone: 'UTC' };
    expect(tickOf(schedule, new Date('2026-03-14T09:25:41.000Z')).toISOString()).toBe('2026-03-14T09:25:00.000Z');
  });
});
