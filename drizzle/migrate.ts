import postgres from 'postgres';
import { installQueues } from './migrate/queues.ts';
import { ensureRoles, roleUrl, type RolePasswords } from './migrate/roles.ts';
import { readScripts, type Script } from './migrate/scripts.ts';

export interface MigrateOptions {
  passwords: RolePasswords;
  /** Told what is being done, one line each. */
  progress?: (line: string) => void;
}

/** Where the three kinds of process connect. */
export interface RoleUrls {
  webUrl: string;
  authUrl: string;
  engineUrl: string;
}

/** The database was made by a newer version of this program; its message is for the person who started it. */
export class DatabaseIsNewerError extends Error {
  override name = 'DatabaseIsNewerError';
}

/** One at a time per database: the key of the advisory lock ('weft' in ASCII). */
const migrationLock = 0x77656674;

/**
 * Brings a database up to this code, and the three roles with it. May be called by any number of starters at once (the others
 * wait), on an empty database, on one that is current (then it changes nothing), or on an older one.
 *
 * Own runner and not drizzle's migrator: that one has no lock, runs on over a database that is newer than the code, and knows no
 * scripts that are applied again whenever they change (functions, policies and grants, which are best read as a whole).
 *
 * `ownerUrl` is a role that may create schemas and roles. Throws DatabaseIsNewerError, or the failing statement's error; a
 * migration that failed has left nothing.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions): Promise<RoleUrls> {
  const scripts = await readScripts();
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, connection: { application_name: 'weft-migrate' } });
  try {
    await sql`SELECT pg_advisory_lock(${migrationLock})`;
    await sql`CREATE TABLE IF NOT EXISTS weft_migration (
      name text PRIMARY KEY, number integer UNIQUE, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`;
    await refuseNewer(sql, scripts.numbered);
    await ensureRoles(sql, options.passwords);
    const changed = await applyNumbered(sql, scripts.numbered, options.progress);
    await installQueues(ownerUrl);
    await applyRepeatable(sql, { scripts: scripts.repeatable, force: changed, progress: options.progress });
    await givingWay(() => sql`SELECT weft_ensure_partitions(7)`);
  } finally {
    // Ending the session also gives the lock back.
    await sql.end({ timeout: 5 });
  }
  return {
    webUrl: roleUrl(ownerUrl, { role: 'weft_web', password: options.passwords.web }),
    authUrl: roleUrl(ownerUrl, { role: 'weft_auth', password: options.passwords.auth }),
    engineUrl: roleUrl(ownerUrl, { role: 'weft_engine', password: options.passwords.engine }),
  };
}

async function refuseNewer(sql: postgres.Sql, numbered: Script[]): Promise<void> {
  const [row] = await sql<{ number: number | null }[]>`SELECT max(number) AS number FROM weft_migration`;
  const known = numbered.length;
  if (row?.number && row.number > known) {
    throw new DatabaseIsNewerError(
      `This database was made by a newer version (its last change is number ${row.number}, this version knows ${known}). ` +
        'Start the newer version again, or restore a backup from before the update.',
    );
  }
}

/** Applies what is missing, each file in a transaction of its own. Returns whether there was anything. */
async function applyNumbered(sql: postgres.Sql, scripts: Script[], progress?: (line: string) => void): Promise<boolean> {
  const done = new Map((await sql<{ name: string; hash: string }[]>`SELECT name, hash FROM weft_migration WHERE number IS NOT NULL`).map((row) => [row.name, row.hash]));
  let changed = false;
  for (const [index, script] of scripts.entries()) {
    const before = done.get(script.name);
    if (before !== undefined && before !== script.hash) {
      throw new Error(`Migration ${script.name} was changed after it had been applied to this database. Add a new migration instead.`);
    }
    if (before !== undefined) continue;
    progress?.(`migration ${script.name}`);
    await givingWay(() =>
      sql.begin(async (tx) => {
        await tx.unsafe(LOCK_WAIT);
        await tx.unsafe(script.text);
        await tx`INSERT INTO weft_migration (name, number, hash) VALUES (${script.name}, ${index + 1}, ${script.hash})`;
      }));
    changed = true;
  }
  return changed;
}

/** Functions, policies, grants: all of them again in one transaction, when any of them or any table changed. */
async function applyRepeatable(
  sql: postgres.Sql,
  { scripts, force, progress }: { scripts: Script[]; force: boolean; progress?: (line: string) => void },
): Promise<void> {
  const done = new Map((await sql<{ name: string; hash: string }[]>`SELECT name, hash FROM weft_migration WHERE number IS NULL`).map((row) => [row.name, row.hash]));
  if (!force && scripts.every((script) => done.get(script.name) === script.hash)) return;
  progress?.('functions and policies');
  await givingWay(() =>
    sql.begin(async (tx) => {
      await tx.unsafe(LOCK_WAIT);
      // All at once and first, so that from here on nothing is waited for.
      await tx.unsafe(`DO $$ BEGIN EXECUTE (SELECT 'LOCK TABLE ' || string_agg(format('public.%I', c.relname), ', ' ORDER BY c.relname) || ' IN ACCESS EXCLUSIVE MODE'
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'weft_migration'); END $$`);
      for (const script of scripts) {
        await tx.unsafe(script.text);
        await tx`INSERT INTO weft_migration (name, hash) VALUES (${script.name}, ${script.hash})
          ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, applied_at = now()`;
      }
    }));
}

/**
 * Shorter than deadlock_timeout (1 s): when engines work meanwhile and the two wait for each other, it is the migration that
 * gives up, before the server shoots an engine's statement and a sender is told 503.
 */
const LOCK_WAIT = `SET LOCAL lock_timeout = '200ms'`;
const TRIES = 300;

/** Does the work in a moment when its locks are to be had: rolled back and tried again while others are at the tables. */
async function givingWay<T>(work: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left--) {
    try {
      return await work();
    } catch (error) {
      const busy = error instanceof postgres.PostgresError && (error.code === '55P03' || error.code === '40P01');
      if (!busy || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 80));
    }
  }
}
