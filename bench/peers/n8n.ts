import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnv } from '#engine/launch/settings.ts';
import { serviceProcess } from '../lib/service-process.ts';
import type { SystemUnderTest } from '../lib/system.ts';
import { installPackage } from './install.ts';
import { codeOrdersWorkflow, ordersWorkflow, productsWorkflow, readyWorkflow } from './n8n-workflows.ts';

/** 2.41.3 cannot be installed: a dependency of it is missing from the registry. */
export const N8N_VERSION = '2.41.1';
const PORT = 15_678;
const url = `http://127.0.0.1:${PORT}`;
const run = promisify(execFile);

/** n8n with its default settings: its default engine, SQLite, executions saved. Only what would call home is switched off. */
export async function startN8n(folder: string, sinkUrl: string): Promise<SystemUnderTest> {
  const installed = await installPackage(join(folder, 'n8n'), { name: 'n8n', version: N8N_VERSION, build: ['sqlite3'] });
  const program = join(installed, 'bin', 'n8n');
  const data = join(folder, 'n8n-data');
  // From nothing each time: executions of earlier runs would slow it down.
  if (existsSync(data)) rmSync(data, { recursive: true });
  mkdirSync(data, { recursive: true });
  const env = childEnv({ ...quiet, N8N_USER_FOLDER: data, N8N_PORT: String(PORT) });
  const workflows = [readyWorkflow(), ordersWorkflow(sinkUrl), codeOrdersWorkflow(sinkUrl), productsWorkflow(sinkUrl)];
  writeFileSync(join(data, 'workflows.json'), JSON.stringify(workflows));
  const command = (...args: string[]) => run(process.execPath, [program, ...args], { env, cwd: data, maxBuffer: 2 ** 26 });
  await command('import:workflow', `--input=${join(data, 'workflows.json')}`);
  for (const { id } of workflows) await command('publish:workflow', `--id=${id}`);
  const service = serviceProcess({
    args: [program, 'start'],
    cwd: data,
    env,
    logFile: join(folder, 'n8n.log'),
    ready: async () => (await fetch(`${url}/webhook/ready`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).ok,
  });
  await service.start();
  return {
    name: `n8n ${N8N_VERSION}, default engine`,
    hooks: { mapping: `${url}/webhook/orders`, script: `${url}/webhook/orders-code` },
    productUrls: { 'Code nodes': `${url}/webhook/products` },
    processes: () => ({ n8n: [service.pid()] }),
    stop: () => service.end('SIGTERM'),
    kill: () => service.end('SIGKILL'),
    restart: () => service.start(),
  };
}

export const quiet = {
  N8N_HOST: '127.0.0.1',
  N8N_LISTEN_ADDRESS: '127.0.0.1',
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_TEMPLATES_ENABLED: 'false',
  N8N_PERSONALIZATION_ENABLED: 'false',
  N8N_HIRING_BANNER_ENABLED: 'false',
  N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
  N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
  EXTERNAL_FRONTEND_HOOKS_URLS: '',
  N8N_COMMUNITY_PACKAGES_ENABLED: 'false',
  N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
  N8N_LICENSE_AUTO_RENEWAL_ENABLED: 'false',
  N8N_DISABLED_MODULES: 'mcp-registry',
  N8N_SECURE_COOKIE: 'false',
  N8N_LOG_LEVEL: 'warn',
  N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
  N8N_ENCRYPTION_KEY: 'benchbenchbenchbenchbenchbench00',
  GENERIC_TIMEZONE: 'UTC',
};
