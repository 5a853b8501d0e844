import type { Page } from '@playwright/test';
import { findNodeKind } from '#engine/nodes/registry.ts';
import { mutate, query } from '#e2e/support/api.ts';
import { signIn } from '#e2e/support/people.ts';
import type { Editor } from './editor.ts';
import { kindAt, picture, wideRecord } from './flows.ts';

const kinds = { map: 'map', filter: 'filter', http: 'http-request' };

/** Our designer at a running product: the production build unless somebody says otherwise. */
export function weftCanvas(url: string): Editor {
  const ids = new Map<number, string>();
  return {
    name: 'Weft',
    baseURL: url,
    node: '.react-flow__node',
    selected: '.react-flow__node.selected',
    pane: '.react-flow__pane',
    pan: { key: 'Space', button: 'left' },
    address: (size) => `${url}/flows/${ids.get(size) ?? ''}`,
    async prepare(page, sizes) {
      await signIn(page, 'consultant@harbor.example');
      for (const size of sizes) if (!ids.has(size)) ids.set(size, await create(page, `Canvas of ${size}`, chain(size)));
    },
    async openPreview(page, fields) {
      const id = await create(page, `Mapping of ${fields}`, mapped(fields));
      await page.goto(`${url}/flows/${id}?node=n1`);
      const source = page.getByRole('combobox', { name: 'Source of row 1', exact: true });
      await source.waitFor();
      await source.fill('');
      return { what: 'source of a rule and the result pane', input: '[aria-label="Source of row 1"]', result: 'body', text: 'group_99.field_99_1' };
    },
    stop: () => Promise.resolve(),
  };
}

async function create(page: Page, name: string, doc: object): Promise<string> {
  const retailers = await query<{ id: string; name: string }[]>(page, 'retailer.list', undefined);
  const retailerId = retailers.find((one) => one.name === 'Nordlicht Outdoor')?.id;
  const { id } = await mutate<{ id: string }>(page, 'flow.create', { retailerId, name, docText: JSON.stringify(doc) });
  return id;
}

function node(index: number, kind: string, config: object = {}) {
  const found = findNodeKind(kind);
  if (found === undefined) throw new Error(`There is no node kind ${kind}.`);
  return { id: `n${index}`, kind, kindVersion: found.version, label: `Step ${index}`, config: { ...Object(found.initial()), ...config } };
}

function chain(size: number): object {
  const { place } = picture(size);
  const nodes = Array.from({ length: size }, (_, index) => ({ ...node(index, index === 0 ? 'manual-trigger' : kinds[kindAt(index)]), position: place(index) }));
  return flow(nodes);
}

function mapped(fields: number): object {
  const sampleBody = JSON.stringify(wideRecord(fields));
  const rules = [{ id: 'r1', target: 'result', source: { type: 'path', path: '' }, functions: [], onMissing: 'skip' }];
  return flow([
    { ...node(0, 'manual-trigger', { sampleBody }), position: { x: 0, y: 0 } },
    { ...node(1, 'map', { mapping: { rules } }), position: { x: 320, y: 0 } },
  ]);
}

function flow(nodes: readonly { id: string; kind: string; position: { x: number; y: number } }[]): object {
  const edges = nodes.slice(1).map(({ id }, at) => {
    const from = nodes[at];
    return { id: `e${at}`, from: { node: from?.id ?? '', port: from?.kind === 'filter' ? 'kept' : 'out' }, to: { node: id, port: 'in' } };
  });
  const settings = { orderingKey: null, businessKeys: [], retry: { maxAttempts: 3, baseSeconds: 1, maxSeconds: 5 }, concurrency: 4 };
  return { schemaVersion: 1, nodes, edges, settings };
}
