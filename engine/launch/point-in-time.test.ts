import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '#drizzle/migrate.ts';
import type { Engine } from '#engine/host/engine.ts';
import { generateSealingKey, publicKeyOf } from '#engine/vault/seal.ts';
import { FarEnd } from '#engine/testing/far-end.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { LiveSeed } from '#engine/testing/seed-live-flow.ts';
import { startTestEngine, testEnv } from '#engine/testing/test-engine.ts';
import { until } from '#engine/testing/until.ts';
import { baseBackup } from './base-backup.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { anyFreePort } from './ports.ts';
import { archiveSettings } from './postgres-settings.ts';
import { choosePostgresUser } from './postgres-user.ts';

const PASSWORDS = { web: 'web-password', auth: 'auth-password', engine: 'engine-password' };
let folder: string;
let far: FarEnd;
const undo: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weft-restore-'));
  chmodSync(folder, 0o711);
  far = new FarEnd();
});

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  await far.close();
  rmSync(folder, { recursive: true, force: true });
});

async function start(name: string, settings: Record<string, string>): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir: join(folder, name), logFile: join(folder, `${name}.log`), password: 'only-for-tests', choosePort: anyFreePort, settings: { max_connections: '40', ...settings } });
  undo.push(() => server.stop());
  return server;
}

/** The way docs/backup-and-restore.md describes it, with its commands' counterparts. */
test('restore to a moment: what was accepted is there, what ran after it runs again under the same keys, what came after is unknown', async () => {
  const farPort = await far.listen();
  const archive = join(folder, 'archive');
  const user = choosePostgresUser(join(folder, 'postgres'));
  const server = await start('postgres', archiveSettings(archive, user));
  const admin = postgres(server.url('postgres'), { max: 1, onnotice: () => undefined });
  await admin`create database weft`;
  await admin.end();
  const urls = await migrate(server.url('weft'), { passwords: PASSWORDS });
  const { privateKey } = await generateSealingKey();
  const seed = new LiveSeed(server.url('weft'), await publicKeyOf(privateKey));
  const tenant = await seed.tenant('Rowan');
  await seed.allow(`127.0.0.1:${farPort}`);
  const connectionId = await seed.connection(tenant, { baseUrl: `http://127.0.0.1:${farPort}`, secret: 'far-end-secret', authKind: 'bearer' });
  const live = await seed.liveFlow(tenant, new FlowBuilder()
    .node('hook', 'webhook-trigger', { verification: { recipe: 'none', dedupeHeader: 'x-delivery' } })
    .node('erp', 'http-request', { connectionId, url: '/orders', body: { mode: 'record' } })
    .edge('hook', 'erp')
    .settings({ retry: { maxAttempts: 50, baseSeconds: 1, maxSeconds: 2 } })
    .build());
  let engine: Engine = await startTestEngine(testEnv(urls.engineUrl, privateKey));
  const send = async (delivery: string) => {
    const answer = await fetch(`http://127.0.0.1:${engine.port}/in/${live.endpoints['hook']}`, { method: 'POST', body: `{"id":"${delivery}"}`, headers: { 'x-delivery': delivery } });
    expect(answer.status).toBe(200);
    await answer.text();
  };
  const keysOf = (delivery: string) => far.calls.filter((call) => call.body.includes(`"${delivery}"`)).map((call) => call.key);
  const done = (sql: postgres.Sql) => sql<{ delivery_id: string }[]>`
    select i.delivery_id from inbox i join run r on r.event_id = i.id where r.state = 'succeeded' order by 1`.then((rows) => rows.map((row) => row.delivery_id));

  // Before the moment: A is done, B is accepted and its far end is down. The base backup is taken while this goes on.
  await send('A');
  await until(async () => (await done(seed.sql)).includes('A'), 20_000, 'A');
  const target = join(folder, 'restored');
  await baseBackup({ ownerUrl: server.url('weft'), dataDir: join(folder, 'postgres'), target });
  far.answer = () => ({ status: 503 });
  await send('B');
  await until(() => keysOf('B').length > 0, 20_000, 'the first try of B');
  await seed.sql`select pg_switch_wal()`;
  const [clock] = await seed.sql<{ moment: string }[]>`select clock_timestamp()::text as moment`;
  // After it: the far end is back and takes B; C comes and is done.
  await seed.sql`create table after_the_moment (x int)`;
  far.answer = () => ({});
  await send('C');
  await until(async () => (await done(seed.sql)).join() === 'A,B,C', 30_000, 'B and C');
  const [keyOfB] = keysOf('B');
  await seed.sql`select pg_switch_wal()`;
  const [last] = await seed.sql<{ name: string }[]>`select pg_walfile_name(pg_current_wal_lsn()) as name`;
  await engine.stop();
  await seed.close();
  await server.stop();
  expect(readdirSync(archive).length).toBeGreaterThan(1);
  expect(last?.name).toMatch(/^[0-9A-F]{24}$/);

  // The restore.
  const restored = join(folder, 'restored');
  const { uid, gid } = statSync(restored);
  writeFileSync(join(restored, 'recovery.signal'), '');
  chownSync(join(restored, 'recovery.signal'), uid, gid);
  const again = await start('restored', { restore_command: `cp '${archive}/%f' %p`, recovery_target_time: clock?.moment ?? '', recovery_target_action: 'promote' });
  const restoredSql = postgres(again.url('weft'), { max: 1, onnotice: () => undefined, connection: { 'weft.maintenance': 'on' } });
  undo.push(() => restoredSql.end({ timeout: 2 }));
  await until(async () => !(await restoredSql`select pg_is_in_recovery() as going`)[0]?.['going'], 30_000, 'the end of recovery');
  expect(await done(restoredSql)).toEqual(['A']);
  expect(await restoredSql`select to_regclass('after_the_moment') as gone`).toEqual([{ gone: null }]);
  expect((await restoredSql`select delivery_id from inbox order by 1`).map((row) => row['delivery_id'])).toEqual(['A', 'B']);

  // The engine goes on from there.
  const callsBefore = { a: keysOf('A').length, b: keysOf('B').length, c: keysOf('C').length };
  const restoredUrls = await migrate(again.url('weft'), { passwords: PASSWORDS });
  engine = await startTestEngine(testEnv(restoredUrls.engineUrl, privateKey));
  undo.push(() => engine.stop());
  await until(async () => (await done(restoredSql)).join() === 'A,B', 40_000, 'B again');
  expect(keysOf('A')).toHaveLength(callsBefore.a);
  // Written again, under the key the far end knows from the first time.
  expect(keysOf('B').length).toBe(callsBefore.b + 1);
  expect(new Set(keysOf('B'))).toEqual(new Set([keyOfB]));
  expect(keysOf('C')).toHaveLength(callsBefore.c);
  // C is unknown here: sent again by its sender it is a new event, under a new key. Only the far end's own business key can tell.
  await send('C');
  await until(() => keysOf('C').length === callsBefore.c + 1, 20_000, 'C again');
  expect(new Set(keysOf('C')).size).toBe(2);
}, 180_000);

test('a backup alone, without an archive, starts as it was', async () => {
  const server = await start('postgres', {});
  const sql = postgres(server.url('postgres'), { max: 1, onnotice: () => undefined });
  await sql`create table kept as select n, repeat('x', 500) as text from generate_series(1, 20000) n`;
  const writing = (async () => {
    for (let n = 0; n < 200; n += 1) await sql`insert into kept values (${-n}, 'while it is copied')`;
  })();
  await baseBackup({ ownerUrl: server.url('postgres'), dataDir: join(folder, 'postgres'), target: join(folder, 'copy') });
  await writing;
  await expect(baseBackup({ ownerUrl: server.url('postgres'), dataDir: join(folder, 'postgres'), target: join(folder, 'copy') })).rejects.toThrow('is not empty');
  await sql.end();
  await server.stop();
  const copy = await start('copy', {});
  const there = postgres(copy.url('postgres'), { max: 1, onnotice: () => undefined });
  const [row] = await there`select count(*) filter (where n > 0)::int as old, count(*) filter (where n <= 0)::int as young from kept`;
  expect(row?.['old']).toBe(20_000);
  expect(row?.['young']).toBeLessThanOrEqual(200);
  await there.end();
}, 60_000);
