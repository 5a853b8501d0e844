import type { Page } from '@playwright/test';
import { findNodeKind } from '#engine/nodes/registry.ts';

/** Calls the API as the page's person would, to arrange what a test is not about. */
export async function mutate<T>(page: Page, path: string, input: unknown): Promise<T> {
  const { origin } = new URL(page.url());
  const answer = await page.request.post(`${origin}/api/trpc/${path}`, { data: input, headers: { origin } });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  const read: { result: { data: T } } = await answer.json();
  return read.result.data;
}

export async function query<T>(page: Page, path: string, input: unknown): Promise<T> {
  const { origin } = new URL(page.url());
  const given = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  const answer = await page.request.get(`${origin}/api/trpc/${path}${given}`);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  const read: { result: { data: T } } = await answer.json();
  return read.result.data;
}

interface Node {
  id: string;
  kind: string;
  config?: object;
}

interface Line {
  retailer: string;
  name: string;
  nodes: readonly Node[];
  /** The output taken where it is not `out`, by node. */
  ports?: Record<string, string>;
}

/** Creates and publishes a flow of nodes in a line at a retailer. */
export async function publishLine(page: Page, flow: Line): Promise<string> {
  const id = await draftLine(page, flow);
  await mutate(page, 'flow.publish', { flowId: id, revision: 1, activate: true });
  return id;
}

/** Creates a flow of nodes in a line at a retailer and leaves it a draft, whatever is wrong with it. */
export async function draftLine(page: Page, { retailer, name, nodes, ports = {} }: Line): Promise<string> {
  const retailers = await query<{ id: string; name: string }[]>(page, 'retailer.list', undefined);
  const retailerId = retailers.find((one) => one.name === retailer)?.id;
  const doc = {
    schemaVersion: 1,
    nodes: nodes.map(({ id, kind, config }, at) => {
      const found = findNodeKind(kind);
      if (found === undefined) throw new Error(`There is no node kind ${kind}.`);
      return { id, kind, kindVersion: found.version, label: id, position: { x: at * 300, y: 0 }, config: { ...Object(found.initial()), ...config } };
    }),
    edges: nodes.slice(1).map(({ id }, at) => {
      const from = nodes[at]?.id ?? '';
      return { id: `${from}_${id}`, from: { node: from, port: ports[from] ?? 'out' }, to: { node: id, port: 'in' } };
    }),
    settings: { orderingKey: null, businessKeys: [{ label: 'Order', path: 'order' }], retry: { maxAttempts: 3, baseSeconds: 1, maxSeconds: 5 }, concurrency: 4 },
  };
  const { id } = await mutate<{ id: string }>(page, 'flow.create', { retailerId, name, docText: JSON.stringify(doc) });
  return id;
}
