import { readScripts } from '#drizzle/migrate/scripts.ts';
import { keyId, publicKeyOf } from '#engine/vault/seal.ts';
import type { Sql } from '../database.ts';
import { fail, ok, span, unless, warn, type Finding } from './finding.ts';

interface Settings {
  version: number;
  shown: string;
  fsync: string;
  synchronous_commit: string;
  full_page_writes: string;
  max_connections: string;
  wal_level: string;
  archive_mode: string;
  used: number;
  now: Date;
}

/** The server: version, what makes a commit durable, room for connections, its clock beside ours. */
export async function examineServer(sql: Sql): Promise<Finding[]> {
  const before = Date.now();
  const [row] = await sql<Settings[]>`
    select current_setting('server_version_num')::int as version, current_setting('server_version') as shown, current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as synchronous_commit, current_setting('full_page_writes') as full_page_writes,
      current_setting('max_connections') as max_connections, current_setting('wal_level') as wal_level, current_setting('archive_mode') as archive_mode,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used, clock_timestamp() as now`;
  if (!row) return [];
  const here = (before + Date.now()) / 2;
  const skew = Math.abs(row.now.getTime() - here) / 1000;
  const durable = row.fsync === 'on' && row.full_page_writes === 'on' && row.synchronous_commit !== 'off';
  const most = Number(row.max_connections);
  return [
    unless(row.version >= 170_000, 'database version', { state: 'fail', detail: `PostgreSQL ${row.shown}`, todo: 'Update the server to PostgreSQL 18.' }),
    unless(durable, 'commits are durable', {
      state: 'fail', detail: `fsync ${row.fsync}, full_page_writes ${row.full_page_writes}, synchronous_commit ${row.synchronous_commit}`,
      todo: 'Switch them on: an event that was answered with 200 may be lost in a power cut.',
    }),
    unless(row.used < most * 0.8, 'database connections', {
      state: 'warn', detail: `${row.used} of ${most} in use (an engine process takes up to 11, a web process 10)`, todo: 'Raise max_connections, or put a pooler in front of the web processes.',
    }),
    unless(row.archive_mode !== 'off' && row.wal_level !== 'minimal', 'point-in-time recovery', {
      state: 'warn', detail: `wal_level ${row.wal_level}, archive_mode ${row.archive_mode}`,
      todo: 'Without archiving a restore goes back to the last dump only; see docs/backup-and-restore.md.',
    }),
    unless(skew < 5, 'clock', { state: skew < 60 ? 'warn' : 'fail', detail: `${skew.toFixed(1)} s beside the database`, todo: 'Start a time service (chrony, systemd-timesyncd) on both machines.' }),
  ];
}

/** The schema: migrations, roles and their limits, partitions ahead. */
export async function examineSchema(sql: Sql): Promise<Finding[]> {
  const scripts = await readScripts();
  const known = new Map([...scripts.numbered, ...scripts.repeatable].map((script) => [script.name, script.hash]));
  const [table] = await sql<{ there: boolean }[]>`select to_regclass('public.weft_migration') is not null as there`;
  if (!table?.there) return [fail('migrations', 'the database is empty', 'Start the product once (npm start): it makes the tables.')];
  const rows = await sql<{ name: string; number: number | null; hash: string }[]>`select name, number, hash from weft_migration`;
  const newer = rows.filter((row) => row.number !== null && row.number > scripts.numbered.length);
  const missing = [...known].filter(([name, hash]) => rows.find((row) => row.name === name)?.hash !== hash).map(([name]) => name);
  const findings = [
    newer.length > 0
      ? fail('migrations', `the database is newer than this version (${newer.map((row) => row.name).join(', ')})`, 'Start the newer version, or restore a backup from before the update.')
      : unless(missing.length === 0, 'migrations', { state: 'fail', detail: missing.length === 0 ? `${scripts.numbered.length}, current` : `not applied: ${missing.join(', ')}`, todo: 'Restart the product: npm start migrates first.' }),
  ];
  if (missing.length > 0) return findings;
  const roles = await sql<{ name: string; mighty: boolean; owns: number; member: boolean }[]>`
    select r.rolname as name, r.rolsuper or r.rolbypassrls or r.rolcreaterole as mighty, r.rolcanlogin,
      (select count(*)::int from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace) as owns,
      pg_has_role(r.rolname, current_user, 'member') and r.rolname <> current_user as member
    from pg_roles r where r.rolname in ('weft_web', 'weft_auth', 'weft_engine')`;
  const strong = roles.filter((role) => role.mighty || role.owns > 0);
  findings.push(unless(roles.length === 3 && strong.length === 0, 'roles', {
    state: 'fail', detail: strong.length > 0 ? `${strong.map((role) => role.name).join(', ')} can do more than it may` : `${roles.length} of 3 login roles`,
    todo: 'Take SUPERUSER, BYPASSRLS, CREATEROLE and ownership from them: row level security does not hold for such a role.',
  }));
  const open = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'partner_id' and not a.attisdropped)`;
  findings.push(unless(open.length === 0, 'row level security', {
    state: 'fail', detail: open.length === 0 ? 'forced on every table of a tenant' : `off on ${open.map((row) => row.name).join(', ')}`, todo: 'Restart the product: npm start applies the policies.',
  }));
  return findings;
}

/** Whether this installation's key opens its credentials. `masterKey`: null when there is none at hand. */
export async function examineKey(sql: Sql, masterKey: string | null): Promise<Finding> {
  if (masterKey === null) return warn('master key', 'not found here', 'Run this where the engine runs, or set WEFT_DATA_DIR or WEFT_MASTER_KEY_FILE.');
  let id: string;
  try {
    id = await keyId(await publicKeyOf(masterKey));
  } catch {
    return fail('master key', 'the file holds no key', 'Put the key back from your backup.');
  }
  const [row] = await sql<{ fits: number; others: number; published: string | null }[]>`
    select (select count(*)::int from credential where key_id = ${id}) as fits, (select count(*)::int from credential where key_id <> ${id}) as others,
      (select id from sealing_key order by created_at desc limit 1) as published`;
  const wrong = (row?.others ?? 0) > 0 || (row?.published != null && row.published !== id);
  return unless(!wrong, 'master key', {
    state: 'fail', detail: wrong ? `${row?.others ?? 0} credentials were sealed for another key` : `opens ${row?.fits ?? 0} credentials`,
    todo: 'Put the key back that this installation was set up with; without it the credentials must be entered again.',
  });
}

/** Partitions ahead, what is past its retention, and its settings. */
export async function examineRetention(sql: Sql): Promise<Finding[]> {
  const [ahead] = await sql<{ days: number; stray: number }[]>`
    select coalesce(extract(epoch from max(weft_partition_end(c.relname)::timestamptz) - now()) / 86400, 0)::float8 as days,
      (select count(*)::int from (select 1 from inbox_default limit 1000) d) as stray
    from pg_inherits h join pg_class c on c.oid = h.inhrelid where h.inhparent = 'inbox'::regclass and weft_partition_end(c.relname) is not null`;
  const expired = await sql<{ child: string }[]>`select child from weft_expired_partitions()`;
  const kept = await sql<{ kind: string; days: number }[]>`select kind, days from retention order by kind`;
  const [size] = await sql<{ bytes: string; shown: string }[]>`select pg_database_size(current_database())::text as bytes, pg_size_pretty(pg_database_size(current_database())) as shown`;
  return [
    unless((ahead?.days ?? 0) >= 2, 'partitions ahead', {
      state: 'warn', detail: `${Math.max(0, ahead?.days ?? 0).toFixed(0)} days${ahead && ahead.stray > 0 ? `, ${ahead.stray} rows in the default partition` : ''}`,
      todo: 'Start a process with the role scheduler; it makes them each ten minutes.',
    }),
    unless(expired.length <= 1, 'retention', {
      state: 'warn', detail: expired.length <= 1 ? kept.map(({ kind, days }) => `${kind} ${days} d`).join(', ') : `${expired.length} partitions past their time, the oldest ${expired[0]?.child ?? ''}`,
      todo: 'Start a process with the role scheduler; if one runs, look for "housekeeping is put off" in its log: who holds a lock?.',
    }),
    ok('database size', size?.shown ?? ''),
  ];
}

/** @param seconds age of a thing that should be young */
export function ageDetail(count: number, seconds: number | null): string {
  return count === 0 || seconds === null ? 'none' : `${count}, the oldest ${span(seconds)} old`;
}
