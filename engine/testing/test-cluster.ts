import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { startEmbeddedPostgres } from '#engine/launch/embedded-postgres.ts';
import { readPostmasterFile } from '#engine/launch/postmaster-file.ts';
import { anyFreePort } from '#engine/launch/ports.ts';
import { isAlive, waitUntilGone } from '#engine/launch/process-state.ts';

/** Connection strings of one database, one per role. */
export interface DatabaseUrls {
  ownerUrl: string;
  webUrl: string;
  authUrl: string;
  engineUrl: string;
}

/** Passwords of the three login roles, as `migrate` of drizzle/migrate.ts takes them. */
export interface RolePasswords {
  web: string;
  auth: string;
  engine: string;
}

/** The contract of drizzle/migrate.ts: brings the database behind `ownerUrl` up to date and says how each role connects. */
export type Migrate = (ownerUrl: string, options: { passwords: RolePasswords }) => Promise<Omit<DatabaseUrls, 'ownerUrl'>>;

/** A cloned database of one test file. */
export interface TestDatabase extends DatabaseUrls {
  drop(): Promise<void>;
}

const PREFIX = 'weft-test-';
const TEMPLATE = 'weft_template';
/** A real server; only what guards against a power cut is off, since a test's data need not survive one. */
const TEST_SETTINGS = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'on', shared_buffers: '128MB', max_connections: '200', autovacuum_naptime: '60s' };

/**
 * Reserves the folder of one test run. The server itself is started by the first `cloneDatabase`, so that a run of pure unit tests pays nothing.
 * What runs that were killed left behind is stopped and removed.
 */
export async function createTestRun(): Promise<string> {
  await removeAbandonedRuns();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  // The unprivileged user PostgreSQL runs as must be able to enter.
  chmodSync(folder, 0o711);
  writeFileSync(join(folder, 'owner'), String(process.pid));
  return folder;
}

/** Stops the server of a test run, if one was started, and removes its folder. */
export async function endTestRun(folder: string): Promise<void> {
  const file = await readPostmasterFile(join(folder, 'postgres'));
  if (file && isAlive(file.pid)) {
    // Immediate: nothing in there is wanted any more.
    process.kill(file.pid, 'SIGQUIT');
    await waitUntilGone(file.pid, 10_000);
  }
  rmSync(folder, { recursive: true, force: true });
}

/**
 * A fresh, migrated database on the test run's server. The server is started and the template migrated once per run, by whoever comes first;
 * every caller then gets its own `CREATE DATABASE … TEMPLATE`.
 */
export async function cloneDatabase(folder: string, migrate: Migrate): Promise<TestDatabase> {
  const template = await readyTemplate(folder, migrate);
  const name = `weft_${randomBytes(6).toString('hex')}`;
  const admin = (statement: string) => onServer(inDatabase(template.ownerUrl, 'postgres'), statement);
  await admin(`create database ${name} template ${TEMPLATE}`);
  return {
    ownerUrl: inDatabase(template.ownerUrl, name),
    webUrl: inDatabase(template.webUrl, name),
    authUrl: inDatabase(template.authUrl, name),
    engineUrl: inDatabase(template.engineUrl, name),
    drop: () => admin(`drop database if exists ${name} with (force)`),
  };
}

async function readyTemplate(folder: string, migrate: Migrate): Promise<DatabaseUrls> {
  const result = join(folder, 'template.json');
  const failure = join(folder, 'failure');
  if (!existsSync(result) && first(join(folder, 'making'))) {
    try {
      const urls = await makeTemplate(folder, migrate);
      writeFileSync(`${result}.new`, JSON.stringify(urls));
      renameSync(`${result}.new`, result);
    } catch (error) {
      writeFileSync(failure, error instanceof Error ? (error.stack ?? error.message) : String(error));
      throw error;
    }
  }
  while (!existsSync(result)) {
    if (existsSync(failure)) throw new Error(`The test database could not be made: ${readFileSync(failure, 'utf8')}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const urls: DatabaseUrls = JSON.parse(readFileSync(result, 'utf8'));
  return urls;
}

/** mkdir is atomic: exactly one process of the run gets true. */
function first(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

async function makeTemplate(folder: string, migrate: Migrate): Promise<DatabaseUrls> {
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, 'postgres'),
    logFile: join(folder, 'postgres.log'),
    password: secretOf(folder, 'owner'),
    choosePort: anyFreePort,
    settings: TEST_SETTINGS,
  });
  await onServer(server.url('postgres'), `create database ${TEMPLATE}`);
  const ownerUrl = server.url(TEMPLATE);
  const passwords = { web: secretOf(folder, 'web'), auth: secretOf(folder, 'auth'), engine: secretOf(folder, 'engine') };
  const urls = await migrate(ownerUrl, { passwords });
  // A template must have no connections while it is copied; this also keeps a stray one out.
  await onServer(server.url('postgres'), `alter database ${TEMPLATE} with allow_connections false`);
  await onServer(server.url('postgres'), `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${TEMPLATE}'`);
  return { ...urls, ownerUrl };
}

/** Fixed per run, whichever process asks; the folder's name is random. */
function secretOf(folder: string, role: string): string {
  return createHash('sha256').update(`${folder}/${role}`).digest('hex').slice(0, 32);
}

function inDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}

async function onServer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function removeAbandonedRuns(): Promise<void> {
  for (const entry of readdirSync(tmpdir())) {
    if (!entry.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), entry);
    const owner = Number(ownerOf(folder));
    if (Number.isInteger(owner) && owner > 0 && !isAlive(owner)) await endTestRun(folder).catch(() => undefined);
  }
}

function ownerOf(folder: string): string {
  try {
    return readFileSync(join(folder, 'owner'), 'utf8');
  } catch {
    return '';
  }
}
