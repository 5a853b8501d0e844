import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '#drizzle/migrate.ts';
import { openDatabaseServer } from './database-server.ts';
import { deliverFirstOrders } from './first-orders.ts';
import { lockInstance } from './instance-lock.ts';
import { requirePort } from './ports.ts';
import type { Progress } from './progress.ts';
import { readSecrets } from './secrets.ts';
import { seedDemoData } from './seed-data.ts';
import { startService } from './service.ts';
import { childEnv } from './settings.ts';
import type { LaunchSettings } from './settings.ts';
import { buildNeeded, buildWeb } from './web-build.ts';

/** The whole product, running. */
export interface Product {
  webUrl: string;
  ingressUrl: string;
  demoUrl: string | null;
  /** Connection string of the owning role; for tests and tools on this machine. */
  ownerUrl: string;
}

/** Where to put things, whom to tell, and how to learn that nobody wants it any more. */
export interface ProductStart {
  root: string;
  settings: LaunchSettings;
  progress: Progress;
  signal: AbortSignal;
  /** Collects what has to be undone; run in reverse order. */
  onStop(undo: () => Promise<void> | void): void;
}

/**
 * Secrets → database → migrations → demo data → build → engine, demo world, web, each healthy before the next → first orders.
 * Throws LaunchError with a sentence for the operator; what was started by then has been handed to `onStop`.
 */
export async function startProduct(start: ProductStart): Promise<Product> {
  const { root, settings, progress, signal, onStop } = start;
  const logs = (name: string) => join(settings.dataDir, 'logs', `${name}.log`);
  const ingressUrl = `http://127.0.0.1:${settings.enginePort}`;
  const demoUrl = settings.demo ? `http://127.0.0.1:${settings.demoPort}` : null;
  const secrets = await readSecrets(settings.dataDir);
  onStop(await lockInstance(settings.dataDir));
  await requirePort(settings.webPort, 'WEFT_WEB_PORT');
  await requirePort(settings.enginePort, 'WEFT_ENGINE_PORT');
  if (settings.demo) await requirePort(settings.demoPort, 'WEFT_DEMO_PORT');

  const database = await progress.step('Database', () => openDatabaseServer(settings, secrets.postgresPassword, progress.say));
  onStop(() => database.stop());
  const { ownerUrl } = database;
  const urls = await progress.step('Tables', () => migrate(ownerUrl, { passwords: secrets.rolePasswords }));
  signal.throwIfAborted();
  if (demoUrl !== null) await progress.step('Demo data', () => seedDemoData({ settings, secrets, ownerUrl, ingressUrl, demoUrl }));
  signal.throwIfAborted();
  if (buildNeeded(root)) await progress.step('Building the web application (once)', () => buildWeb(root, logs('build'), signal));

  const host = settings.webHost === '0.0.0.0' || settings.webHost === '::' ? '127.0.0.1' : settings.webHost;
  const pids: Record<string, number | undefined> = { supervisor: process.pid };
  const run = async (name: string, spec: { args: string[]; env: Record<string, string | null>; healthUrl: string }) => {
    signal.throwIfAborted();
    const onStart = (pid: number | undefined) => {
      pids[name] = pid;
      // For operators and tests: which process is which.
      writeFileSync(join(settings.dataDir, 'processes.json'), `${JSON.stringify(pids)}\n`);
    };
    const service = await startService({ name, ...spec, cwd: root, env: childEnv(spec.env), logFile: logs(name), say: progress.say, onStart, signal });
    onStop(() => service.stop());
  };

  if (demoUrl !== null) {
    const env = { WEFT_DEMO_PORT: String(settings.demoPort), WEFT_DATA_DIR: settings.dataDir };
    await progress.step('Demo world', () => run('demo', { args: [join('engine', 'testing', 'demo-world', 'main.ts')], env, healthUrl: `${demoUrl}/` }));
  }
  const engineEnv = {
    ...settings.tuning.engine,
    WEFT_ENGINE_DATABASE_URL: urls.engineUrl,
    WEFT_MASTER_KEY_FILE: secrets.masterKeyFile,
    WEFT_ENGINE_PORT: String(settings.enginePort),
  };
  await progress.step('Engine', () => run('engine', { args: [join('engine', 'host', 'main.ts')], env: engineEnv, healthUrl: `${ingressUrl}/health` }));
  const webEnv = {
    ...settings.tuning.web,
    WEFT_WEB_DATABASE_URL: urls.webUrl,
    WEFT_AUTH_DATABASE_URL: urls.authUrl,
    WEFT_AUTH_SECRET: secrets.authSecret,
    WEFT_ENGINE_PORT: String(settings.enginePort),
    WEFT_WEB_PORT: String(settings.webPort),
    WEFT_PUBLIC_INGRESS_URL: settings.publicIngressUrl,
  };
  const next = [join('node_modules', 'next', 'dist', 'bin', 'next'), 'start', '--port', String(settings.webPort), '--hostname', settings.webHost];
  const healthUrl = `http://${host}:${settings.webPort}/api/health`;
  await progress.step('Web', () => run('web', { args: next, env: webEnv, healthUrl }));
  if (demoUrl !== null) {
    const orders = { root, dataDir: settings.dataDir, ownerUrl, database: database.name, ingressUrl, demoUrl, logFile: logs('demo') };
    const delivered = await progress.step('First orders', () => deliverFirstOrders(orders));
    if (!delivered) progress.say(`The demo's first orders could not be delivered; the reason is in ${orders.logFile}.`);
  }
  return {
    webUrl: `http://${host === '127.0.0.1' ? 'localhost' : host}:${settings.webPort}`,
    ingressUrl,
    demoUrl,
    ownerUrl,
  };
}
