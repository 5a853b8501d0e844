import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnv } from '#engine/launch/settings.ts';
import { serviceProcess } from '../lib/service-process.ts';
import type { SystemUnderTest } from '../lib/system.ts';
import { installPackage } from './install.ts';
import { mappingScript } from './order-mapping.ts';

export const NODE_RED_VERSION = '5.0.7';
const PORT = 11_880;
const url = `http://127.0.0.1:${PORT}`;

/** Node-RED as it comes, its fastest way to map (a function node), connections to the sink kept alive. */
export async function startNodeRed(folder: string, sinkUrl: string): Promise<SystemUnderTest> {
  const installed = await installPackage(join(folder, 'node-red'), { name: 'node-red', version: NODE_RED_VERSION, build: [] });
  const data = join(folder, 'node-red-data');
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'flows.json'), JSON.stringify(flows(sinkUrl)));
  writeFileSync(join(data, 'settings.js'), `module.exports = ${JSON.stringify(settings)};`);
  const service = serviceProcess({
    args: [join(installed, 'red.js'), '-u', data, '-s', join(data, 'settings.js'), 'flows.json'],
    cwd: data,
    env: childEnv({}),
    logFile: join(folder, 'node-red.log'),
    ready: async () => (await fetch(`${url}/ready`, { method: 'POST', body: '{}' })).ok,
  });
  await service.start();
  return {
    name: `Node-RED ${NODE_RED_VERSION}, function node`,
    hookUrl: `${url}/orders`,
    processes: () => ({ 'node-red': [service.pid()] }),
    stop: () => service.end('SIGTERM'),
    kill: () => service.end('SIGKILL'),
    restart: () => service.start(),
  };
}

const settings = {
  uiHost: '127.0.0.1',
  uiPort: PORT,
  flowFile: 'flows.json',
  credentialSecret: false,
  telemetry: { enabled: false, updateNotification: false },
  diagnostics: { enabled: false },
  logging: { console: { level: 'warn', metrics: false, audit: false } },
};

function flows(sinkUrl: string) {
  const node = (id: string, type: string, rest: object) => ({ id, type, z: 'tab', name: '', x: 100, y: 100, ...rest });
  const hook = (id: string, path: string, wires: string[]) => node(id, 'http in', { url: path, method: 'post', upload: false, swaggerDoc: '', wires: [wires] });
  const acknowledge = (id: string, to: string) => node(id, 'change', { rules: [{ t: 'set', p: 'payload', pt: 'msg', to: '{"ok":true}', tot: 'json' }], wires: [[to]] });
  const answer = (id: string) => node(id, 'http response', { statusCode: '200', headers: {}, wires: [] });
  const script = `const o = msg.payload;${mappingScript}msg.payload = out; msg.headers = {};\nreturn msg;`;
  return [
    { id: 'tab', type: 'tab', label: 'bench', disabled: false, info: '' },
    hook('ready-in', '/ready', ['ready-ack']),
    acknowledge('ready-ack', 'ready-out'),
    answer('ready-out'),
    hook('in', '/orders', ['ack', 'map']),
    acknowledge('ack', 'out'),
    answer('out'),
    node('map', 'function', { func: script, outputs: 1, timeout: 0, noerr: 0, initialize: '', finalize: '', libs: [], wires: [['post']] }),
    node('post', 'http request', { method: 'POST', ret: 'txt', paytoqs: 'ignore', url: `${sinkUrl}/orders`, tls: '', persist: true, proxy: '', insecureHTTPParser: false, authType: '', senderr: false, headers: [], wires: [[]] }),
  ];
}
