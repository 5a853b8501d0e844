import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnv } from '#engine/launch/settings.ts';
import { serviceProcess } from '../lib/service-process.ts';
import { installPackage } from '../peers/install.ts';
import { NODE_RED_VERSION, quietSettings } from '../peers/node-red.ts';
import type { Editor } from './editor.ts';
import { kindAt, picture } from './flows.ts';

const PORT = 11_881;
const url = `http://127.0.0.1:${PORT}`;

/** Node-RED's editor, with one tab for each size. It has no place where a value is worked out as one types. */
export async function nodeRedCanvas(folder: string): Promise<Editor> {
  const installed = await installPackage(join(folder, 'node-red'), { name: 'node-red', version: NODE_RED_VERSION, build: [] });
  const data = join(folder, 'node-red-editor-data');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'settings.js'), `module.exports = ${JSON.stringify({ ...quietSettings, uiPort: PORT, editorTheme: { tours: false } })};`);
  const service = serviceProcess({
    args: [join(installed, 'red.js'), '-u', data, '-s', join(data, 'settings.js'), 'flows.json'],
    cwd: data,
    env: childEnv({}),
    logFile: join(folder, 'node-red-editor.log'),
    ready: async () => (await fetch(`${url}/settings`)).ok,
  });
  await service.start();
  return {
    name: `Node-RED ${NODE_RED_VERSION}`,
    node: 'g.red-ui-flow-node',
    selected: 'g.red-ui-flow-node.red-ui-flow-node-selected, g.red-ui-flow-node-selected, .red-ui-flow-node-selected',
    pane: '.red-ui-workspace-chart-event-layer, #red-ui-workspace-chart svg, #red-ui-workspace-chart svg *',
    pan: { button: 'middle' },
    address: (size) => `${url}/#flow/tab${size}`,
    async prepare(_page, sizes) {
      if (sizes.length === 0) return;
      const answer = await fetch(`${url}/flows`, { method: 'POST', headers: { 'content-type': 'application/json', 'Node-RED-Deployment-Type': 'full' }, body: JSON.stringify(sizes.flatMap(tab)) });
      if (!answer.ok) throw new Error(`Node-RED refused the flows: ${await answer.text()}`);
    },
    openPreview: () => Promise.resolve(null),
    stop: () => service.end('SIGTERM'),
  };
}

const types = {
  map: { type: 'change', rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'payload', tot: 'msg' }] },
  filter: { type: 'switch', property: 'payload', propertyType: 'msg', rules: [{ t: 'nnull' }], checkall: 'true', repair: false, outputs: 1 },
  http: { type: 'http request', method: 'GET', ret: 'txt', url: 'http://127.0.0.1:1/', headers: [] },
};

function tab(size: number): object[] {
  const { place } = picture(size);
  const nodes = Array.from({ length: size }, (_, index) => {
    const { x, y } = place(index);
    const wires = index + 1 < size ? [[`t${size}n${index + 1}`]] : [[]];
    return { id: `t${size}n${index}`, z: `tab${size}`, name: `Step ${index}`, x: x * 0.6 + 120, y: y * 0.6 + 60, wires, ...types[kindAt(index)] };
  });
  return [{ id: `tab${size}`, type: 'tab', label: `bench ${size}`, disabled: false, info: '' }, ...nodes];
}
