import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readPostmasterFile } from '#engine/launch/postmaster-file.ts';
import { isAlive, waitUntilGone } from '#engine/launch/process-state.ts';
import { reservePorts } from './ports.ts';
import { PRODUCT_VARIABLE } from './product.ts';
import type { RunningProduct } from './product.ts';

const root = join(import.meta.dirname, '..', '..');
const dataDir = join(root, 'test-results', 'product');
const STOP_MS = 60_000;

/** Playwright's global set-up: `npm start` without the installation, on ports and a data folder of its own. Returns the tear-down. */
export default async function startProduct(): Promise<() => Promise<void>> {
  await clearDataDir();
  const ports = await reservePorts();
  const supervisor = spawn(process.execPath, [join(root, 'engine', 'launch', 'supervisor.ts')], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: '',
      WEFT_DATA_DIR: dataDir,
      WEFT_DEMO: 'on',
      WEFT_STYLEGUIDE: 'on',
      WEFT_WEB_PORT: String(ports.web),
      WEFT_ENGINE_PORT: String(ports.engine),
      WEFT_DEMO_PORT: String(ports.demo),
      WEFT_PG_PORT: String(ports.postgres),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ready = await new Promise<Omit<RunningProduct, 'dataDir'>>((resolve, reject) => {
    supervisor.once('message', (message: { ready: Omit<RunningProduct, 'dataDir'> }) => resolve(message.ready));
    supervisor.once('exit', (code, signal) => reject(new Error(`The product did not start (${signal ?? code}); its logs are in ${join(dataDir, 'logs')}.`)));
  });
  const product: RunningProduct = { ...ready, dataDir };
  process.env[PRODUCT_VARIABLE] = JSON.stringify(product);
  return () => stop(supervisor);
}

function stop(supervisor: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    if (supervisor.exitCode !== null || supervisor.signalCode !== null) return reject(new Error('The product ended by itself during the tests.'));
    const late = setTimeout(() => {
      supervisor.kill('SIGKILL');
      reject(new Error(`The product did not stop within ${STOP_MS / 1000} s.`));
    }, STOP_MS);
    supervisor.once('exit', (code) => {
      clearTimeout(late);
      if (code === 0) resolve();
      else reject(new Error(`The product stopped with code ${code}.`));
    });
    supervisor.kill('SIGTERM');
  });
}

/** A run that was killed may have left its database server behind. */
async function clearDataDir(): Promise<void> {
  const left = await readPostmasterFile(join(dataDir, 'postgres'));
  if (left && isAlive(left.pid)) {
    process.kill(left.pid, 'SIGQUIT');
    await waitUntilGone(left.pid, 10_000);
  }
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
}
