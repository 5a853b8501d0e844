import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import { LaunchError } from './launch-error.ts';
import { archiveSettings } from './postgres-settings.ts';
import { choosePostgresUser } from './postgres-user.ts';
import { isPortFree, nextFreePort, requirePort } from './ports.ts';
import { systemIdentifier } from './postmaster-file.ts';
import type { LaunchSettings } from './settings.ts';

const DATABASE = 'weft';
const RESTART_FIRST_MS = 500;
const RESTART_LAST_MS = 10_000;

/** The database everything else stands on. */
export interface DatabaseServer {
  ownerUrl: string;
  /** Which database this is, without secrets. */
  name: string;
  stop(): Promise<void>;
}

/**
 * The server of DATABASE_URL if that is set, else the embedded one: started, its database made, and started again should it end by itself.
 * Throws LaunchError with a sentence for the operator.
 */
export async function openDatabaseServer(settings: LaunchSettings, password: string, say: (line: string) => void): Promise<DatabaseServer> {
  if (settings.databaseUrl !== null) {
    await reach(settings.databaseUrl);
    const { host, pathname } = new URL(settings.databaseUrl);
    return { ownerUrl: settings.databaseUrl, name: `${host}${pathname}`, stop: async () => undefined };
  }
  const dataDir = join(settings.dataDir, 'postgres');
  const logFile = join(settings.dataDir, 'logs', 'postgres.log');
  const archive = settings.walArchive === null ? {} : archiveSettings(settings.walArchive, choosePostgresUser(dataDir));
  const start = (choosePort: () => Promise<number>) => startEmbeddedPostgres({ dataDir, logFile, password, choosePort, say, settings: archive });
  let server: EmbeddedPostgres = await start(() => choosePort(settings));
  const { port } = server;
  let stopping = false;

  const watch = () =>
    void server.gone.then(async () => {
      for (let wait = RESTART_FIRST_MS; !stopping; wait = Math.min(wait * 2, RESTART_LAST_MS)) {
        say(`The database ended; starting it again. Its log: ${logFile}`);
        try {
          // The others know the port: it has to be the same one.
          server = await start(() => requirePort(port, 'WEFT_PG_PORT').then(() => port));
          if (stopping) await server.stop();
          return watch();
        } catch (error) {
          say(error instanceof Error ? error.message : String(error));
          await new Promise((resolve) => setTimeout(resolve, wait));
        }
      }
    });

  watch();
  await recovered(server.url('postgres'), say);
  await makeDatabase(server.url('postgres'));
  return {
    ownerUrl: server.url(DATABASE),
    name: await systemIdentifier(dataDir),
    async stop() {
      stopping = true;
      await server.stop();
    },
  };
}

/** The operator's port or an error; else the one of last time, else the first free one from the default on, remembered for the next time. */
async function choosePort(settings: LaunchSettings): Promise<number> {
  const { port, pinned } = settings.postgresPort;
  if (pinned) {
    await requirePort(port, 'WEFT_PG_PORT');
    return port;
  }
  const memory = join(settings.dataDir, 'postgres.port');
  const remembered = existsSync(memory) ? Number(readFileSync(memory, 'utf8')) : port;
  const chosen = (await isPortFree(remembered)) ? remembered : await nextFreePort(port);
  writeFileSync(memory, `${chosen}\n`);
  return chosen;
}

/** A server that is being restored from a backup answers before it may be written to. */
async function recovered(adminUrl: string, say: (line: string) => void): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    for (let told = false; (await sql<{ going: boolean }[]>`select pg_is_in_recovery() as going`)[0]?.going; told = true) {
      if (!told) say('The database is being restored from its backup; this may take a while.');
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function makeDatabase(adminUrl: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    const found = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (found.length === 0) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function reach(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    await sql`select 1`;
  } catch (error) {
    const { host, pathname } = new URL(url);
    throw new LaunchError(`The database of DATABASE_URL (${host}${pathname}) cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
