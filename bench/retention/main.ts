/**
 * `npm run bench:retention -- [--rows 5000000]`: what writing a run costs the database with 1,000 and with so many rows in the run
 * tables, what reading a list costs, and what it costs to get rid of a day: dropped as a partition, and deleted. Prints figures.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { uuidv7 } from 'uuidv7';
import { migrate } from '#drizzle/migrate.ts';
import { startEmbeddedPostgres } from '#engine/launch/embedded-postgres.ts';
import { anyFreePort } from '#engine/launch/ports.ts';
import { numbersFrom } from '../lib/options.ts';

const counts = numbersFrom({ rows: 5_000_000 });
const BATCH = 30;
const ROUNDS = 200;
/** Of one run: itself, its key, two steps, a payload, an exchange, an effect. */
const ROWS_OF_RUN = 7;

const folder = mkdtempSync(join(tmpdir(), 'weft-retention-'));
chmodSync(folder, 0o711);
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), logFile: join(folder, 'log'), password: 'only-for-bench', choosePort: anyFreePort });
const admin = postgres(server.url('postgres'), { max: 1, onnotice: () => undefined });
await admin`create database bench`;
await admin.end();
const urls = await migrate(server.url('bench'), { passwords: { web: 'w', auth: 'a', engine: 'e' } });
const owner = postgres(server.url('bench'), { max: 1, onnotice: () => undefined, connection: { 'weft.maintenance': 'on' } });
const engine = postgres(urls.engineUrl, { max: 1, onnotice: () => undefined, connection: { plan_cache_mode: 'force_generic_plan' } });
const tenant = uuidv7();

try {
  await pretendMonth();
  await fill(1_000);
  const few = await measure();
  const filled = await fill(counts.rows);
  const many = await measure();
  print('write a run (batches of 30, commit included)', 'µs', [few.write, many.write]);
  print('log written for a run', 'bytes', [few.wal, many.wal]);
  print('list of 50 runs, newest first', 'ms', [few.list, many.list]);
  print('search by business key', 'ms', [few.search, many.search]);
  print('a run with its steps', 'ms', [few.run, many.run]);
  const [day] = await owner<{ rows: number; size: string }[]>`
    select (select count(*) from step where run_id < ${boundOf(29)}::uuid)::int as rows, pg_size_pretty(sum(pg_total_relation_size(c.oid))) as size
    from pg_class c where c.relname like any (array['step\_%', 'payload\_%', 'exchange\_%']) and weft_partition_end(c.relname) <= ${boundOf(29)}`;
  await owner`update retention set days = 29 where kind in ('details', 'events')`;
  const dropped: string[] = [];
  const dropMs = await timed(async () => {
    for (let [row] = await drop(); row?.name; [row] = await drop()) dropped.push(row.name);
  });
  console.log(`\ndrop what is older than 29 days: ${dropped.length} partitions with ${day?.rows ?? 0} steps (${day?.size ?? ''}) in ${dropMs.toFixed(0)} ms`);
  const [next] = await owner<{ rows: number }[]>`select count(*)::int as rows from step where run_id < ${boundOf(28)}::uuid`;
  const deleteMs = await timed(() => owner`delete from step where run_id < ${boundOf(28)}::uuid`);
  console.log(`the same by DELETE, one day of one of these tables: ${next?.rows ?? 0} rows in ${deleteMs.toFixed(0)} ms, and vacuum afterwards`);
  console.log(`\n${filled} rows in run, run_key, step, payload, exchange and effect, spread over 30 days.`);
} finally {
  await Promise.all([owner, engine].map((sql) => sql.end({ timeout: 2 })));
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Partitions as they are after a month of work. */
async function pretendMonth(): Promise<void> {
  await owner.unsafe(`DO $$
    DECLARE spec record; bucket integer; child text; today integer := floor(extract(epoch FROM now()) / 86400);
    BEGIN
      FOR spec IN SELECT * FROM weft_partitioned() WHERE name <> 'inbox' LOOP
        EXECUTE format('DROP TABLE %I', spec.name || '_before');
        FOR bucket IN SELECT b FROM generate_series((today - 31) / spec.days, today / spec.days) b LOOP
          child := spec.name || '_' || to_char(to_timestamp(bucket * spec.days * 86400.0) AT TIME ZONE 'UTC', 'YYYY_MM_DD');
          CONTINUE WHEN to_regclass(child) IS NOT NULL;
          EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', child, spec.name,
            weft_partition_bound(spec.part_by, to_timestamp(bucket * spec.days * 86400.0)), weft_partition_bound(spec.part_by, to_timestamp((bucket + 1) * spec.days * 86400.0)));
          PERFORM weft_shape_partition(child, spec.name);
        END LOOP;
      END LOOP;
    END $$`);
}

/** Rows of the past 30 days. */
async function fill(rows: number): Promise<number> {
  const runs = Math.ceil(rows / ROWS_OF_RUN);
  const part = 100_000;
  for (let from = 0; from < runs; from += part) {
    await owner.begin(async (tx) => {
      // The trigger that keeps run_key would only make filling slower.
      await tx`set local session_replication_role = replica`;
      await tx`create temp table past on commit drop as
        select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text || ${rows}::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid as id, at, n
        from (select n, now() - interval '30 days' * (1 - n::float8 / ${runs + 1}) as at from generate_series(${from + 1}::int, ${Math.min(runs, from + part)}::int) n) s`;
      await tx`insert into run (id, partner_id, retailer_id, flow_id, version_id, version_number, event_id, event_received_at, node_id, trigger, state, started_at, finished_at, duration_ms, records_in, business_keys)
        select id, ${tenant}, ${tenant}, ${tenant}, ${tenant}, 1, id, at, 'hook', 'webhook', 'succeeded', at, at, 12, 1, array['PAST-' || n] from past`;
      await tx`insert into run_key select ${tenant}, ${tenant}, 'PAST-' || n, at, id from past`;
      await tx`insert into step (run_id, node_id, attempt, partner_id, retailer_id, state, records_in, records_out, outputs, started_at, duration_ms)
        select id, node, 1, ${tenant}, ${tenant}, 'succeeded', 1, 1, '{"out":1}', at, 9 from past cross join (values ('map'), ('post')) v (node)`;
      await tx`insert into payload select id, 'map', 1, ${tenant}, ${tenant}, repeat('x', 600) from past`;
      await tx`insert into exchange (id, partner_id, retailer_id, run_id, node_id, record_key, attempt, method, url, status, response_body, started_at, duration_ms)
        select id, ${tenant}, ${tenant}, id, 'post', '0', 1, 'POST', 'https://erp.example/orders', 200, '{"ok":true}', at, 9 from past`;
      await tx`insert into effect (key, partner_id, retailer_id, run_id, node_id, record_key, operation, request_hash, status, applied_at)
        select left(replace(id::text, '-', ''), 12) || substr(encode(sha256(id::text::bytea), 'hex'), 13), ${tenant}, ${tenant}, id, 'post', '0', 'POST', md5(n::text), 'done', at from past`;
    });
  }
  await owner`vacuum analyze run, run_key, step, payload, exchange, effect`;
  await owner`checkpoint`;
  return runs * ROWS_OF_RUN;
}

async function measure(): Promise<{ write: number; wal: number; list: number; search: number; run: number }> {
  const ids: string[] = [];
  await write(ids);
  const [before] = await owner<{ lsn: string }[]>`select pg_current_wal_insert_lsn() as lsn`;
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(() => write(ids)));
  const [after] = await owner<{ bytes: string }[]>`select pg_current_wal_insert_lsn() - ${before?.lsn ?? '0/0'}::pg_lsn as bytes`;
  const half = (work: () => Promise<unknown>) => middle(Array.from({ length: 60 }, () => work), timed);
  return {
    write: (median(times) * 1000) / BATCH,
    wal: Number(after?.bytes ?? 0) / (ROUNDS * BATCH),
    list: await half(() => engine`select id, started_at, state from run where retailer_id = ${tenant} order by started_at desc, id desc limit 50`),
    search: await half(() => engine`select run_id from run_key where partner_id = ${tenant} and key = 'PAST-77' order by started_at desc limit 50`),
    run: await half(() => engine`select node_id from step where run_id = ${ids[7] ?? tenant}`),
  };
}

async function write(ids: string[]): Promise<void> {
  const runs = Array.from({ length: BATCH }, () => uuidv7());
  ids.push(...runs);
  await engine`
    with r as (select id, now() as at from unnest(${runs}::uuid[]) as u (id)), w_run as (
      insert into run (id, partner_id, retailer_id, flow_id, version_id, version_number, event_id, event_received_at, node_id, trigger, state, started_at, finished_at, duration_ms, records_in, business_keys)
      select id, ${tenant}, ${tenant}, ${tenant}, ${tenant}, 1, id, at, 'hook', 'webhook', 'succeeded', at, at, 12, 1, array['NEW-' || id] from r on conflict (id) do update set state = excluded.state
    ), w_step as (
      insert into step (run_id, node_id, attempt, partner_id, retailer_id, state, records_in, records_out, outputs, started_at, duration_ms)
      select id, node, 1, ${tenant}, ${tenant}, 'succeeded', 1, 1, '{"out":1}', at, 9 from r cross join (values ('map'), ('post')) v (node) on conflict (run_id, node_id, attempt) do update set state = excluded.state
    ), w_payload as (
      insert into payload select id, 'map', 1, ${tenant}, ${tenant}, repeat('x', 600) from r on conflict (run_id, node_id, attempt) do update set body = excluded.body
    ), w_exchange as (
      insert into exchange (id, partner_id, retailer_id, run_id, node_id, record_key, attempt, method, url, status, response_body, started_at, duration_ms)
      select id, ${tenant}, ${tenant}, id, 'post', '0', 1, 'POST', 'https://erp.example/orders', 200, '{"ok":true}', at, 9 from r on conflict do nothing
    )
    insert into effect (key, partner_id, retailer_id, run_id, node_id, record_key, operation, request_hash, status, applied_at)
    select left(replace(id::text, '-', ''), 12) || substr(encode(sha256(id::text::bytea), 'hex'), 13), ${tenant}, ${tenant}, id, 'post', '0', 'POST', md5(id::text), 'done', at from r
    on conflict (key) do update set status = excluded.status`;
}

function drop(): Promise<{ name: string | null }[]> {
  return owner<{ name: string | null }[]>`select weft_drop_expired_partition() as name`;
}

function boundOf(daysAgo: number): string {
  const ms = Math.floor(Date.now() / 86_400_000 - daysAgo) * 86_400_000;
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

async function timed(work: () => PromiseLike<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function middle(works: (() => Promise<unknown>)[], time: (work: () => Promise<unknown>) => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (const work of works) times.push(await time(work));
  return median(times);
}

function median(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;
}

function print(what: string, unit: string, [few, many]: [number, number]): void {
  const digits = unit === 'ms' ? 2 : 0;
  console.log(`${what.padEnd(46)} ${few.toFixed(digits).padStart(8)} ${many.toFixed(digits).padStart(8)} ${unit}   × ${(many / few).toFixed(2)}`);
}
