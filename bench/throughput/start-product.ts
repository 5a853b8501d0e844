import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { connect, type Sql } from '#drizzle/client.ts';
import { migrate } from '#drizzle/migrate.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#engine/launch/embedded-postgres.ts';
import { anyFreePort } from '#engine/launch/ports.ts';
import { readSecrets, type Secrets } from '#engine/launch/secrets.ts';
import { childEnv } from '#engine/launch/settings.ts';
import { serviceProcess } from '../lib/service-process.ts';
import type { SystemUnderTest } from '../lib/system.ts';
import { seedFlow } from './seed-flow.ts';

export interface ProductUnderTest extends SystemUnderTest {
  /** Settings that make a commit durable, as the server answers them to the engine's role. @throws unless all are on */
  assertDurable(): Promise<Record<string, string>>;
  /** Rows that were kept of the measured flow. */
  rowsKept(): Promise<Record<string, number>>;
  /** Resolves when no event of the flow is under way any more. */
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
  const { flowId, endpointKey } = await seedFlow(sql, sinkUrl);
  const port = await anyFreePort();
  const ingressUrl = `http://127.0.0.1:${port}`;
  const engine = serviceProcess({
    args: [...nodeFlags, join('engine', 'host', 'main.ts')],
    cwd: root,
    logFile,
    env: childEnv({
      WEFT_ENGINE_DATABASE_URL: urls.engineUrl,
      WEFT_MASTER_KEY_FILE: secrets.masterKeyFile,
      WEFT_ENGINE_PORT: String(port),
      WEFT_DATA_DIR: dataDir,
      WEFT_LOG_LEVEL: 'warn',
    }),
    ready: async () => (await fetch(`${ingressUrl}/health`)).ok,
  });
  await engine.start();

  return {
    name: 'Weft',
    hookUrl: `${ingressUrl}/in/${endpointKey}`,
    processes: () => ({ engine: [engine.pid()], postgres: [pg.pid] }),
    kill: () => engine.end('SIGKILL'),
    restart: () => engine.start(),
    assertDurable: () => assertDurable(urls.engineUrl),
    rowsKept: () => rowsKept(sql, flowId),
    settled: (timeoutMs) => settled(sql, flowId, timeoutMs),
    async stop() {
      await engine.end('SIGTERM');
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

async function settled(sql: Sql, flowId: string, timeoutMs: number): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const rows = await sql`SELECT 1 FROM lane_entry WHERE flow_id = ${flowId} LIMIT 1`;
    if (rows.length === 0 || Date.now() > until) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
