import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { childEnv } from '#engine/launch/settings.ts';
import { serviceProcess } from '../lib/service-process.ts';
import { installPackage } from '../peers/install.ts';
import { N8N_VERSION, quiet } from '../peers/n8n.ts';
import type { Editor } from './editor.ts';
import { kindAt, picture, wideRecord } from './flows.ts';

const PORT = 15_679;
const OWNER = { email: 'owner@bench.example', password: 'Bench-demo-2026' };

/** n8n with an owner who has signed in, as it comes. */
export async function startN8nEditor(folder: string): Promise<{ url: string; stop(): Promise<void>; signIn(page: Page): Promise<void>; post<T>(path: string, body: unknown): Promise<T>; get<T>(path: string): Promise<T> }> {
  const installed = await installPackage(join(folder, 'n8n'), { name: 'n8n', version: N8N_VERSION, build: ['sqlite3'] });
  const data = join(folder, 'n8n-editor-data');
  if (existsSync(data)) rmSync(data, { recursive: true });
  mkdirSync(data, { recursive: true });
  const url = `http://127.0.0.1:${PORT}`;
  const service = serviceProcess({
    args: [join(installed, 'bin', 'n8n'), 'start'],
    cwd: data,
    env: childEnv({ ...quiet, N8N_USER_FOLDER: data, N8N_PORT: String(PORT) }),
    logFile: join(folder, 'n8n-editor.log'),
    ready: async () => (await fetch(`${url}/healthz/readiness`)).ok && (await (await fetch(`${url}/rest/settings`)).text()).startsWith('{'),
  });
  await service.start();
  const set = await send(`${url}/rest/owner/setup`, { body: { ...OWNER, firstName: 'Bench', lastName: 'Owner' } });
  const cookie = set.headers.get('set-cookie')?.split(';')[0] ?? '';
  const answer = async <T>(response: Response): Promise<T> => {
    if (!response.ok) throw new Error(`n8n answered ${response.status}: ${await response.text()}`);
    const { data: given }: { data: T } = await response.json();
    return given;
  };
  return {
    url,
    stop: () => service.end('SIGTERM'),
    async signIn(page) {
      const { status } = await page.request.post(`${url}/rest/login`, { data: { emailOrLdapLoginId: OWNER.email, password: OWNER.password } }).then((one) => ({ status: one.status() }));
      if (status !== 200) throw new Error(`n8n refused its owner: ${status}`);
    },
    post: async (path, body) => answer(await send(`${url}${path}`, { body, cookie })),
    get: async (path) => answer(await send(`${url}${path}`, { cookie })),
  };
}

function send(url: string, { body, cookie }: { body?: unknown; cookie?: string }): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) };
  return fetch(url, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) });
}

/** n8n's editor, with flows of the sizes asked for. */
export async function n8nCanvas(folder: string): Promise<Editor> {
  const n8n = await startN8nEditor(folder);
  const ids = new Map<number, string>();
  return {
    name: `n8n ${N8N_VERSION}`,
    node: '[data-test-id="canvas-default-node"], [data-test-id="canvas-trigger-node"]',
    selected: '.vue-flow__node.selected',
    pane: '.vue-flow__pane',
    pan: { key: 'Control', button: 'left' },
    address: (size) => `${n8n.url}/workflow/${ids.get(size) ?? ''}`,
    async prepare(page, sizes) {
      await n8n.signIn(page);
      for (const size of sizes) {
        if (!ids.has(size)) ids.set(size, (await n8n.post<{ id: string }>('/rest/workflows', chain(size))).id);
      }
    },
    async openPreview(page, fields) {
      const { id } = await n8n.post<{ id: string }>('/rest/workflows', previewed(fields));
      await page.goto(`${n8n.url}/workflow/${id}`);
      await page.locator('[data-node-name="Edit Fields"]').dblclick();
      const value = page.locator('[data-test-id="assignment-value"] .cm-content').first();
      await value.waitFor();
      await value.click();
      await page.keyboard.press('End');
      const record = wideRecord(fields);
      const [group = '', names = {}] = Object.entries(record).at(-1) ?? [];
      return {
        what: 'expression of Edit Fields and its result',
        input: '[data-test-id="assignment-value"] .cm-content',
        result: '[data-test-id="inline-expression-editor-output"]',
        text: `{{ $json.${group}.${Object.keys(names)[0] ?? ''}.toUpperCase() }}`,
      };
    },
    stop: n8n.stop,
  };
}

const types = {
  map: { type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters: { mode: 'manual', options: {}, assignments: { assignments: [] } } },
  filter: { type: 'n8n-nodes-base.filter', typeVersion: 2.2, parameters: {} },
  http: { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, parameters: { url: 'http://127.0.0.1:1/', options: {} } },
};

function chain(size: number) {
  const { place } = picture(size);
  const nodes = Array.from({ length: size }, (_, index) => {
    const { x, y } = place(index);
    const kind = index === 0 ? { type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} } : types[kindAt(index)];
    return { id: `node-${index}`, name: `Step ${index}`, position: [x, y], ...kind };
  });
  return flow(`bench ${size}`, nodes);
}

function previewed(fields: number) {
  const set = { ...types.map, parameters: { mode: 'manual', options: {}, assignments: { assignments: [{ id: 'a', name: 'result', value: '=', type: 'string' }] } } };
  const nodes = [
    { id: 'start', name: 'Start', position: [0, 0], type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
    { id: 'set', name: 'Edit Fields', position: [240, 0], ...set },
  ];
  return { ...flow('preview', nodes), pinData: { Start: [{ json: wideRecord(fields) }] } };
}

function flow(name: string, nodes: readonly { name: string }[]) {
  const connections = Object.fromEntries(nodes.slice(0, -1).map((from, index) => [from.name, { main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] }]));
  return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}
