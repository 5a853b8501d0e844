import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import postgres from 'postgres';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '#drizzle/migrate.ts';
import { readScripts } from '#drizzle/migrate/scripts.ts';
import { testDatabase } from '#engine/testing/database.ts';
import { until } from '#engine/testing/until.ts';
import { effectKey } from '#engine/run/effect-key.ts';
import { startHousekeeping } from './housekeeping.ts';

const DAY = 86_400_000;
let database: Awaited<ReturnType<typeof testDatabase>>;
let owner: postgres.Sql;
let engine: postgres.Sql;
const partner = uuidv7();

beforeAll(async () => {
  database = await testDatabase();
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  engine = postgres(database.engineUrl, { max: 4, onnotice: () => undefined });
});

afterAll(async () => {
  await Promise.all([owner, engine].map((sql) => sql?.end({ timeout: 2 })));
  await database?.drop();
});

/** A UUIDv7 of another time. */
function idAt(ms: number): string {
  const hex = Math.floor(ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`;
}

/** One run with everything it leaves, so many days ago. */
async function addRun(sql: postgres.Sql, daysAgo: number, open = false): Promise<{ runId: string; eventId: string }> {
  const at = Date.now() - daysAgo * DAY;
  const [runId, eventId, when] = [idAt(at), idAt(at), new Date(Math.floor(at))];
  const tenant = { partner_id: partner, retailer_id: partner };
  await sql`insert into run ${sql({ id: runId, ...tenant, flow_id: partner, version_id: partner, version_number: 1, event_id: eventId, event_received_at: when, node_id: 'n', trigger: 'webhook', state: open ? 'waiting' : 'succeeded', started_at: when, business_keys: [`R-${runId}`] })}`;
  await sql`insert into step ${sql({ run_id: runId, node_id: 'n', attempt: 1, ...tenant, state: 'succeeded', started_at: when })}`;
  await sql`insert into payload ${sql({ run_id: runId, node_id: 'n', attempt: 1, ...tenant, body: '{}' })}`;
  await sql`insert into exchange ${sql({ id: idAt(at), ...tenant, run_id: runId, node_id: 'n', record_key: '0', attempt: 1, method: 'POST', url: 'x', started_at: when, duration_ms: 1 })}`;
  await sql`insert into effect ${sql({ key: effectKey(eventId, 'n', '0'), ...tenant, run_id: runId, node_id: 'n', record_key: '0', operation: 'POST', request_hash: 'x', status: 'done', applied_at: when })}`;
  await sql`insert into inbox ${sql({ received_at: when, id: eventId, ...tenant, flow_id: partner, environment: 'production', node_id: 'n', trigger: 'webhook', lane: 0, seq: 1, headers: '{}', body: '{}', content_type: 'x' })}`;
  await sql`insert into inbox_key ${sql({ flow_id: partner, delivery_id: runId, ...tenant, event_id: eventId, received_at: when })}`;
  if (open) await sql`insert into lane_entry ${sql({ flow_id: partner, lane: 0, seq: Math.floor(Math.random() * 1e9), ...tenant, event_id: eventId, received_at: when, run_id: runId, due_at: when })}`;
  return { runId, eventId };
}

async function left(sql: postgres.Sql, { runId, eventId }: { runId: string; eventId: string }): Promise<string[]> {
  const [row] = await sql`select
    (select count(*) from run where id = ${runId})::int as run, (select count(*) from run_key where run_id = ${runId})::int as run_key,
    (select count(*) from effect where run_id = ${runId})::int as effect, (select count(*) from step where run_id = ${runId})::int as step,
    (select count(*) from payload where run_id = ${runId})::int as payload, (select count(*) from exchange where run_id = ${runId})::int as exchange,
    (select count(*) from inbox where id = ${eventId})::int as inbox, (select count(*) from inbox_key where event_id = ${eventId})::int as inbox_key`;
  return Object.entries(row ?? {}).filter(([, count]) => count === 1).map(([name]) => name).sort();
}

const ALL = ['effect', 'exchange', 'inbox', 'inbox_key', 'payload', 'run', 'run_key', 'step'];

/** Partitions as they would be had the product been running for so long. */
async function pretendDaysPassed(days: number): Promise<void> {
  await owner.unsafe(`DO $$
    DECLARE spec record; bucket integer; child text; today integer := floor(extract(epoch FROM now()) / 86400);
    BEGIN
      PERFORM set_config('weft.maintenance', 'on', true);
      FOR spec IN SELECT * FROM weft_partitioned() LOOP
        IF to_regclass(spec.name || '_before') IS NOT NULL THEN
          EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', spec.name, spec.name || '_before');
          EXECUTE format('DROP TABLE %I', spec.name || '_before');
        END IF;
        FOR bucket IN SELECT b FROM generate_series((today - ${days}) / spec.days, today / spec.days) b LOOP
          child := spec.name || '_' || to_char(to_timestamp(bucket * spec.days * 86400.0) AT TIME ZONE 'UTC', 'YYYY_MM_DD');
          CONTINUE WHEN to_regclass(child) IS NOT NULL;
          EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', child, spec.name,
            weft_partition_bound(spec.part_by, to_timestamp(bucket * spec.days * 86400.0)), weft_partition_bound(spec.part_by, to_timestamp((bucket + 1) * spec.days * 86400.0)));
          EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', child);
        END LOOP;
      END LOOP;
    END $$`);
}

test('rows go with their partition when their time is over; those of open runs stay until they end', async () => {
  await owner`update retention r set days = n.days from (values ('events', 4), ('details', 4), ('dedupe', 2), ('runs', 12)) n (kind, days) where n.kind = r.kind`;
  await pretendDaysPassed(30);
  const young = await addRun(engine, 1);
  const month = await addRun(engine, 6);
  const openMonth = await addRun(engine, 7, true);
  const old = await addRun(engine, 26);
  const openOld = await addRun(engine, 27, true);
  const log = pino({ level: 'silent' });
  const [one, two] = [startHousekeeping(engine, log), startHousekeeping(engine, log)];
  const dropped: string[] = [];
  // On a busy machine a lock may not be to be had at once.
  await until(async () => {
    for (const round of await Promise.all([one.round(), two.round()])) dropped.push(...round.dropped);
    return (await owner`select 1 from weft_expired_partitions()`).length === 0;
  }, 60_000, 'everything past its time to be dropped');
  expect(new Set(dropped).size).toBe(dropped.length);
  expect(dropped.length).toBeGreaterThan(60);
  expect(await left(engine, young)).toEqual(ALL);
  // Details and bodies four days, dedupe keys two, the run itself and its ledger twelve.
  expect(await left(engine, month)).toEqual(['effect', 'run', 'run_key']);
  expect(await left(engine, old)).toEqual([]);
  const openStay = ALL.filter((name) => name !== 'inbox_key');
  expect(await left(engine, openMonth)).toEqual(openStay);
  expect(await left(engine, openOld)).toEqual(openStay);
  const [where] = await owner`select tableoid::regclass::text as name from run where id = ${openOld.runId}`;
  expect(where?.['name']).toBe('run_default');

  await engine`delete from lane_entry where run_id = ${openOld.runId}`;
  await until(async () => (await one.round(), (await left(engine, openOld)).length === 0), 60_000, 'the ended run to be swept');
  expect(await left(engine, openMonth)).toEqual(openStay);
  await Promise.all([one.stop(), two.stop()]);
  process.stdout.write(`retention: ${dropped.length} partitions dropped by two schedulers at once, 2 open runs kept\n`);
}, 120_000);

test('a drop gives way to a long reader, and is done the next time', async () => {
  await owner`update retention set days = 2 where kind = 'details'`;
  // Details outlive the events they belong to, whatever the table says.
  expect(await owner`select child from weft_expired_partitions()`).toEqual([]);
  await owner`update retention set days = 2 where kind = 'events'`;
  const log = pino({ level: 'silent' });
  const keeper = startHousekeeping(engine, log);
  await engine.begin(async (tx) => {
    await tx`select count(*) from step`;
    const started = performance.now();
    expect((await keeper.round()).dropped).not.toContain(expect.stringMatching(/^step_/));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
  await until(async () => (await keeper.round()).dropped.some((name) => name.startsWith('step_')), 60_000, 'the drop');
  await keeper.stop();
}, 60_000);

test('while one process is at the partitions another leaves them to it', async () => {
  await owner.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended('weft.partitions', 0))`;
    expect(await engine`select weft_drop_expired_partition() as name, weft_ensure_partitions(3) as made`).toEqual([{ name: null, made: 0 }]);
  });
});

test('an installation from before partitions keeps its rows, readable under the same keys', async () => {
  const name = `weft_old_${Date.now()}`;
  await owner.unsafe(`CREATE DATABASE ${name}`);
  const url = new URL(database.ownerUrl);
  url.pathname = `/${name}`;
  const of = (role: string) => decodeURIComponent(new URL(role).password);
  const sql = postgres(url.href, { max: 1, onnotice: () => undefined });
  try {
    const { numbered } = await readScripts();
    await sql`CREATE TABLE weft_migration (name text PRIMARY KEY, number integer UNIQUE, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`;
    for (const [at, script] of numbered.entries()) {
      if (script.name.includes('0010_')) break;
      await sql.begin(async (tx) => {
        await tx.unsafe(script.text);
        await tx`INSERT INTO weft_migration (name, number, hash) VALUES (${script.name}, ${at + 1}, ${script.hash})`;
      });
    }
    // The trigger that fills run_key comes with the functions, later.
    const before = [await addRun(sql, 100), await addRun(sql, 3), await addRun(sql, 0)];
    const scattered = 'f'.repeat(52);
    await sql`update effect set key = 'abcdefabcdef' || ${scattered} where run_id = ${before[1]?.runId ?? ''}`;
    await migrate(url.href, { passwords: { web: of(database.webUrl), auth: of(database.authUrl), engine: of(database.engineUrl) } });
    for (const run of before) expect(await left(sql, run)).toEqual(ALL.filter((table) => table !== 'run_key'));
    const [effect] = await sql`select key from effect where run_id = ${before[1]?.runId ?? ''}`;
    expect(effect?.['key']).toBe((before[1]?.eventId ?? '').replaceAll('-', '').slice(0, 12) + scattered);
    const after = await addRun(sql, 0);
    expect(await left(sql, after)).toEqual(ALL);
    expect(await sql`select count(*)::int as n from run`).toEqual([{ n: 4 }]);
    // A second time the same row: the conflict is found across partitions.
    await sql`insert into effect select * from effect where run_id = ${after.runId} on conflict (key) do nothing`;
    expect(await left(sql, after)).toEqual(ALL);
  } finally {
    await sql.end({ timeout: 2 });
    await owner.unsafe(`DROP DATABASE ${name} WITH (FORCE)`);
  }
}, 60_000);
