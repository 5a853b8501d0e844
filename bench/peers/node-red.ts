import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnv } from '#engine/launch/settings.ts';
import { serviceProcess } from '../lib/service-process.ts';
import type { SystemUnderTest } from '../lib/system.ts';
import { installPackage } from './install.ts';
import { flows } from './node-red-flows.ts';

export const NODE_RED_VERSION = '5.0.7';
const PORT = 11_880;
const url = `http://127.0.0.1:${PORT}`;

/** Node-RED as it comes, connections to the sink kept alive. `mapping` is its fastest way to map, a function node. */
export async function startNodeRed(folder: string, sinkUrl: string): Promise<SystemUnderTest> {
  const installed = await installPackage(join(folder, 'node-red'), { name: 'node-red', version: NODE_RED_VERSION, build: [] });
  const data = join(folder, 'node-red-data');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'flows.json'), JSON.stringify(flows(sinkUrl)));
  writeFileSync(join(data, 'settings.js'), `module.exports = ${JSON.stringify(quietSettings)};`);
  const service = serviceProcess({
    args: [join(installed, 'red.js'), '-u', data, '-s', join(data, 'settings.js'), 'flows.json'],
    cwd: data,
    env: childEnv({}),
    logFile: join(folder, 'node-red.log'),
    ready: async () => (await fetch(`${url}/ready`, { method: 'POST', body: '{}' })).ok,
  });
  await service.start();
  return {
    name: `Node-RED ${NODE_RED_VERSION}`,
    hooks: { mapping: `${url}/orders`, jsonata: `${url}/orders-jsonata` },
    productUrls: { 'node by node': `${url}/products-nodes`, 'function node': `${url}/products-function` },
    processes: () => ({ 'node-red': [service.pid()] }),
    stop: () => service.end('SIGTERM'),
    kill: () => service.end('SIGKILL'),
    restart: () => service.start(),
  };
}

export const quietSettings = {
  uiHost: '127.0.0.1',
  uiPort: PORT,
  flowFile: 'flows.json',
  credentialSecret: false,
  telemetry: { enabled: false, updateNotification: false },
  diagnostics: { enabled: false },
  logging: { console: { level: 'warn', metrics: false, audit: false } },
};
