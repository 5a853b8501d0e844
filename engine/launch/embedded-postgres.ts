import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LaunchError } from './launch-error.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { CLUSTER_OWNER, accessTo, createCluster } from './postgres-cluster.ts';
import { answersFor } from './postgres-probe.ts';
import { DURABLE_SETTINGS, compressionSettings } from './postgres-settings.ts';
import { choosePostgresUser } from './postgres-user.ts';
import { dataVersion, readPostmasterFile } from './postmaster-file.ts';
import { isAlive, programOf, waitUntilGone } from './process-state.ts';

/** States of a start: no data → made → (living postmaster → adopted) | (started → ready) → stopped, or gone by itself. */
export interface EmbeddedPostgres {
  port: number;
  pid: number;
  /** True when a postmaster of an earlier run was found alive and taken over. */
  adopted: boolean;
  /** Connection string of the owning role. */
  url(database: string): string;
  /** Resolves when the postmaster is gone, for whatever reason. */
  gone: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>;
}

/** What to start. */
export interface EmbeddedPostgresOptions {
  dataDir: string;
  logFile: string;
  password: string;
  /** Called for a port only when a server has to be started; an adopted one keeps its own. */
  choosePort(): Promise<number>;
  settings?: Record<string, string>;
  /** Told about steps that take time. */
  say?(message: string): void;
}

const READY_MS = 120_000;
const SHARED_MEMORY_MS = 20_000;

/**
 * Starts (making the data directory first if need be) or adopts the embedded PostgreSQL on `dataDir`.
 * A lock file is never deleted and a second postmaster never started: PostgreSQL's own check decides about a dead one's leftovers.
 * Throws LaunchError with a sentence for the operator.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir } = options;
  mkdirSync(dirname(dataDir), { recursive: true });
  mkdirSync(dirname(options.logFile), { recursive: true });
  const user = choosePostgresUser(dataDir);
  const binaries = findPostgresBinaries(user);
  const settings = { ...DURABLE_SETTINGS, ...options.settings };
  if (!existsSync(dataDir)) {
    options.say?.('Making the database (once)');
    createCluster({ dataDir, password: options.password, binaries, user, sync: settings['fsync'] !== 'off' });
  }
  const version = await dataVersion(dataDir);
  if (version !== binaries.major) {
    throw new LaunchError(
      version === null
        ? `${dataDir} is not a PostgreSQL data directory. Move it away, or set WEFT_DATA_DIR to another folder.`
        : `The data in ${dataDir} was written by PostgreSQL ${version}, this release brings ${binaries.major}. Dump it with version ${version} and restore, or set WEFT_DATA_DIR to another folder.`,
    );
  }
  const adopted = await adopt(options);
  if (adopted) return adopted;
  const access = accessTo(dataDir, user);
  const port = await options.choosePort();
  const flags = Object.entries({ ...settings, ...compressionSettings(binaries, access), port: String(port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const end = Date.now() + SHARED_MEMORY_MS;
  for (;;) {
    const logFrom = await sizeOf(options.logFile);
    const log = openSync(options.logFile, 'a', 0o600);
    // Its own session: Ctrl-C in the terminal must reach us alone, or the database would go before those who use it.
    // Its log is a file, not a pipe, so that it outlives us unharmed.
    const child = spawn(binaries.postgres, ['-D', access.argument, ...flags], { ...access.options, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
    if (await becomesReady(child, port, options)) return handle({ port, pid: child.pid ?? 0, adopted: false, gone }, options.password);
    const reason = await logSince(options.logFile, logFrom);
    // Backends of a killed postmaster need a moment to notice; until then its shared memory is in use.
    if ((/pre-existing shared memory block|is still in use/.test(reason) || (await namesTheDead(reason, dataDir))) && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    throw new LaunchError(await explain(reason, { port, ...options }));
  }
}

/** A killed postmaster is listed until somebody has fetched its exit code; PostgreSQL takes it for alive that long. */
async function namesTheDead(reason: string, dataDir: string): Promise<boolean> {
  if (!/lock file "postmaster.pid" already exists/.test(reason)) return false;
  const file = await readPostmasterFile(dataDir);
  return !file || !isAlive(file.pid);
}

async function adopt(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres | null> {
  const end = Date.now() + READY_MS;
  let told = false;
  for (;;) {
    const file = await readPostmasterFile(options.dataDir);
    if (!file || !isAlive(file.pid)) return null;
    // A process id may have been given to another program since.
    const program = programOf(file.pid);
    if (program !== null && !program.startsWith('postgres')) return null;
    const answer = file.port > 0 ? await answersFor({ dataDir: options.dataDir, port: file.port, password: options.password }) : 'silent';
    if (answer === 'other') {
      throw new LaunchError(`A PostgreSQL (process ${file.pid}) serves ${options.dataDir} but refuses our password. Stop it with: kill -INT ${file.pid}`);
    }
    if (answer === 'ours') {
      const gone = waitUntilGone(file.pid, Number.POSITIVE_INFINITY).then(() => undefined);
      return handle({ port: file.port, pid: file.pid, adopted: true, gone }, options.password);
    }
    if (Date.now() > end) throw new LaunchError(`A PostgreSQL (process ${file.pid}) holds ${options.dataDir} but does not answer. Stop it with: kill -INT ${file.pid}`);
    if (!told) options.say?.('Waiting for the database of the last run');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function becomesReady(child: ChildProcess, port: number, options: EmbeddedPostgresOptions): Promise<boolean> {
  const end = Date.now() + READY_MS;
  const noteAt = Date.now() + 3_000;
  let told = false;
  while (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    if ((await answersFor({ dataDir: options.dataDir, port, password: options.password })) === 'ours') return true;
    if (Date.now() > end) throw new LaunchError(`PostgreSQL did not become ready in ${READY_MS / 1000} s. Its log: ${options.logFile}`);
    if (!told && Date.now() > noteAt) {
      options.say?.('The database is recovering from an unclean stop');
      told = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return false;
}

function handle(server: { port: number; pid: number; adopted: boolean; gone: Promise<void> }, password: string): EmbeddedPostgres {
  return {
    ...server,
    url: (database) => `postgres://${CLUSTER_OWNER}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${database}`,
    async stop() {
      for (const [signal, waitMs] of [['SIGINT', 30_000], ['SIGQUIT', 10_000]] as const) {
        try {
          process.kill(server.pid, signal);
        } catch {
          return;
        }
        if (await waitUntilGone(server.pid, waitMs)) return;
      }
    },
  };
}

async function explain(log: string, start: { port: number; dataDir: string; logFile: string }): Promise<string> {
  if (/no space left|disk quota/i.test(log)) return `There is no space left on the volume of ${start.dataDir}. Free some and start again.`;
  if (/address already in use|could not bind/i.test(log)) return `Port ${start.port} is in use by another program. Stop it, or set WEFT_PG_PORT to a free port.`;
  if (/lock file "postmaster.pid" already exists/.test(log)) {
    const file = await readPostmasterFile(start.dataDir);
    return `${join(start.dataDir, 'postmaster.pid')} names process ${file?.pid ?? '?'}, which is alive, as the database server. If that is another program, remove the file and start again.`;
  }
  if (/could not (create|map).*shared memory|cannot allocate memory/i.test(log)) return 'There is not enough memory to start PostgreSQL (it asks for 256 MB).';
  const last = log.split('\n').findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? log.trim().split('\n').at(-1);
  return `PostgreSQL did not start: ${last === undefined || last === '' ? 'it gave no reason' : last}. Its log: ${start.logFile}`;
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

async function logSince(file: string, offset: number): Promise<string> {
  return (await readFile(file).catch(() => Buffer.alloc(0))).subarray(offset).toString('utf8');
}
