import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { connect, type Sql } from '#drizzle/client.ts';
import { migrate } from '#drizzle/migrate.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#engine/launch/embedded-postgres.ts';
import { anyFreePort } from '#engine/launch/ports.ts';
import { readSecrets, type Secrets } from '#engine/launch/secrets.ts';
import { childEnv } from '#engine/launch/settings.ts';
import { serviceProcess, type ServiceProcess } from '../lib/service-process.ts';
import type { SystemUnderTest } from '../lib/system.ts';
import { seedFlows, type SeededFlow } from './seed-flow.ts';

export interface ProductUnderTest extends SystemUnderTest {
  /** Settings that make a commit durable, as the server answers them to the engine's role. @throws unless all are on */
  assertDurable(): Promise<Record<string, string>>;
  /** Rows that were kept of the measured flow. */
  rowsKept(): Promise<Record<string, number>>;
  /** How the last run that began stands. */
  lastRun(): Promise<{ state: string; pages: number }>;
  /** A connection of the owner. */
  sql: Sql;
  /** Starts one more engine process on the same database, with these roles; ended by `stop`. */
  addEngine(roles: string): Promise<void>;
  /** Resolves when no event is under way any more. */
  settled(timeoutMs: number): Promise<void>;
}

const DURABLE = ['fsync', 'synchronous_commit', 'full_page_writes'] as const;
const root = resolve(import.meta.dirname, '../..');

/**
 * The product as `npm start` runs it, without web: embedded PostgreSQL with its usual settings, one engine process with all roles,
 * a database of its own that is removed afterwards. `nodeFlags` go to the engine's Node, for profiling.
 */
export async function startProduct(sinkUrl: string, nodeFlags: string[] = []): Promise<ProductUnderTest> {
  const dataDir = join(root, '.weft', `bench-${process.pid}`);
  const secrets = await readSecrets(dataDir);
  const logFile = join(dataDir, 'engine.log');
  const pg = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), logFile: join(dataDir, 'postgres.log'), password: secrets.postgresPassword, choosePort: anyFreePort });
  const cleanUp = async (): Promise<void> => {
    await pg.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  process.once('SIGINT', () => void cleanUp().then(() => process.exit(130)));
  try {
    return await startOn(pg, { sinkUrl, nodeFlags, dataDir, logFile, secrets, cleanUp });
  } catch (error) {
    const log = await readFile(logFile, 'utf8').catch(() => '');
    await cleanUp();
    throw new Error(`The product did not start. The engine's last words:\n${log.split('\n').slice(-20).join('\n')}`, { cause: error });
  }
}

interface Ground {
  sinkUrl: string;
  nodeFlags: string[];
  dataDir: string;
  logFile: string;
  secrets: Secrets;
  cleanUp(): Promise<void>;
}

async function startOn(pg: EmbeddedPostgres, ground: Ground): Promise<ProductUnderTest> {
  const { sinkUrl, nodeFlags, dataDir, logFile, secrets } = ground;
  const admin = connect({ url: pg.url('postgres'), role: 'owner', max: 1 });
  await admin.sql`CREATE DATABASE bench`;
  await admin.sql.end();
  const urls = await migrate(pg.url('bench'), { passwords: secrets.rolePasswords });
  const { sql } = connect({ url: pg.url('bench'), role: 'owner', max: 2 });
  const flows = await seedFlows(sql, sinkUrl);
  const { flowId } = flows.mapping;
  const port = await anyFreePort();
  const ingressUrl = `http://127.0.0.1:${port}`;
  const process_ = (at: number, args: string[]) =>
    serviceProcess({
      args: [...nodeFlags, join('engine', 'host', 'main.ts'), ...args],
      cwd: root,
      logFile,
      env: childEnv({
        WEFT_ENGINE_DATABASE_URL: urls.engineUrl,
        WEFT_MASTER_KEY_FILE: secrets.masterKeyFile,
        WEFT_ENGINE_PORT: String(at),
        WEFT_DATA_DIR: dataDir,
        WEFT_LOG_LEVEL: 'warn',
      }),
      ready: async () => (await fetch(`http://127.0.0.1:${at}/health`)).ok,
    });
  const engine = process_(port, []);
  const more: ServiceProcess[] = [];
  await engine.start();
  const hook = ({ endpointKey }: SeededFlow): string => `${ingressUrl}/in/${endpointKey}`;

  return {
    name: 'Weft',
    hooks: { mapping: hook(flows.mapping), jsonata: hook(flows.jsonata), script: hook(flows.script) },
    productUrls: { 'drawn nodes': hook(flows.products) },
    processes: () => ({ engine: [engine, ...more].map((one) => one.pid()), postgres: [pg.pid] }),
    memory: () => [engine.pid()],
    kill: () => engine.end('SIGKILL'),
    restart: () => engine.start(),
    assertDurable: () => assertDurable(urls.engineUrl),
    rowsKept: () => rowsKept(sql, flowId),
    settled: (timeoutMs) => settled(sql, timeoutMs),
    lastRun: () => lastRun(sql),
    sql,
    async addEngine(roles) {
      const added = process_(await anyFreePort(), ['--roles', roles]);
      more.push(added);
      await added.start();
    },
    async stop() {
      await Promise.all([engine, ...more].map((one) => one.end('SIGTERM')));
      await sql.end();
      await ground.cleanUp();
    },
  };
}

async function assertDurable(engineUrl: string): Promise<Record<string, string>> {
  const { sql } = connect({ url: engineUrl, role: 'engine', max: 1 });
  const settings: Record<string, string> = {};
  for (const name of DURABLE) {
    const [row] = await sql<{ value: string }[]>`SELECT current_setting(${name}) AS value`;
    settings[name] = row?.value ?? '';
    if (settings[name] !== 'on') throw new Error(`${name} is ${settings[name]}: this would measure something that can lose orders.`);
  }
  await sql.end();
  return settings;
}

async function rowsKept(sql: Sql, flowId: string): Promise<Record<string, number>> {
  const [row] = await sql<Record<string, number>[]>`
    WITH measured AS (SELECT id, state FROM run WHERE flow_id = ${flowId})
    SELECT (SELECT count(*) FROM inbox WHERE flow_id = ${flowId})::int AS events,
           (SELECT count(*) FROM measured)::int AS runs,
           (SELECT count(*) FROM measured WHERE state = 'succeeded')::int AS succeeded,
           (SELECT count(*) FROM step WHERE run_id IN (SELECT id FROM measured))::int AS steps,
           (SELECT count(*) FROM payload WHERE run_id IN (SELECT id FROM measured))::int AS payloads,
           (SELECT count(*) FROM exchange WHERE run_id IN (SELECT id FROM measured))::int AS exchanges,
           (SELECT count(*) FROM effect WHERE run_id IN (SELECT id FROM measured))::int AS effects`;
  return { ...row };
}

async function lastRun(sql: Sql): Promise<{ state: string; pages: number }> {
  const [row] = await sql<{ state: string; pages: number }[]>`SELECT state, pages FROM run ORDER BY id DESC LIMIT 1`;
  return row ?? { state: 'none', pages: 0 };
}

async function settled(sql: Sql, timeoutMs: number): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const rows = await sql`SELECT 1 FROM lane_entry LIMIT 1`;
    if (rows.length === 0 || Date.now() > until) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
