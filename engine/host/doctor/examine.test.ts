import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateSealingKey, publicKeyOf } from '#engine/vault/seal.ts';
import { testDatabase } from '#engine/testing/database.ts';
import { LiveSeed } from '#engine/testing/seed-live-flow.ts';
import { examine } from './examine.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let masterKey = '';
let sql: postgres.Sql;

beforeAll(async () => {
  database = await testDatabase();
  masterKey = (await generateSealingKey()).privateKey;
  sql = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  const seed = new LiveSeed(database.ownerUrl, await publicKeyOf(masterKey));
  await seed.connection(await seed.tenant('Elm'), { baseUrl: 'https://erp.example', secret: 'a long secret' });
  await seed.close();
});

afterAll(async () => {
  await sql?.end({ timeout: 2 });
  await database?.drop();
});

async function states(change: { key?: string; url?: string } = {}): Promise<Record<string, string>> {
  const findings = await examine({ nodeVersion: 'v24.21.0', databaseUrl: change.url ?? database.ownerUrl, masterKey: change.key ?? masterKey, folder: '/tmp', ports: {} });
  for (const finding of findings) expect(finding.state === 'ok' || (finding.todo ?? '').length > 10).toBe(true);
  return Object.fromEntries(findings.map(({ name, state }) => [name, state]));
}

test('a fresh installation is well, but for what a test server leaves out', async () => {
  const found = await states();
  // The test's server has fsync off and archives nothing.
  expect(Object.entries(found).filter(([, state]) => state !== 'ok').map(([name]) => name).sort()).toEqual(['commits are durable', 'point-in-time recovery']);
  expect(Object.keys(found)).toEqual(expect.arrayContaining(['migrations', 'roles', 'row level security', 'master key', 'partitions ahead', 'retention', 'lost bells', 'job queues', 'schedules']));
});

test('finds another key, a missing migration, a late schedule, a lost bell, an open breaker', async () => {
  expect(await states({ key: (await generateSealingKey()).privateKey })).toMatchObject({ 'master key': 'fail' });
  const [ids] = await sql`select partner_id, retailer_id, id from connection`;
  const { partner_id: partner, retailer_id: retailer, id } = ids ?? {};
  await sql`insert into connection_health (connection_id, partner_id, retailer_id, state, reason_code, opened_at) values (${id}, ${partner}, ${retailer}, 'open', 'http_503', now())`;
  await sql`insert into flow (partner_id, retailer_id, id, name) values (${partner}, ${retailer}, ${id}, 'Late')`;
  await sql`insert into schedule_state (flow_id, node_id, environment, partner_id, retailer_id, spec, cursor_at, due_at)
    values (${id}, 'n', 'production', ${partner}, ${retailer}, 'x', now(), now() - interval '1 hour')`;
  await sql`insert into lane (flow_id, number, partner_id, retailer_id) values (${id}, 0, ${partner}, ${retailer})`;
  await sql`insert into lane_entry (flow_id, lane, seq, partner_id, retailer_id, event_id, received_at, due_at)
    values (${id}, 0, 1, ${partner}, ${retailer}, ${id}, now() - interval '1 hour', now() - interval '1 hour')`;
  expect(await states()).toMatchObject({ connections: 'warn', schedules: 'fail', 'lost bells': 'warn', workers: 'fail', 'waiting events': 'warn' });
  await sql`update weft_migration set hash = 'other' where number is null and name like '%accept%'`;
  expect(await states()).toMatchObject({ migrations: 'fail' });
});

test('says when there is no database', async () => {
  expect(await states({ url: 'postgres://nobody:x@127.0.0.1:1/none' })).toMatchObject({ database: 'fail' });
});
