import { assignments } from './order-mapping.ts';

interface N8nNode {
  id: string;
  name: string;
  type: string;
  typeVersion: number;
  position: [number, number];
  parameters: object;
  webhookId?: string;
}

let lastId = 0;
const nextId = (): string => `00000000-0000-4000-8000-${String(++lastId).padStart(12, '0')}`;

function node(name: string, type: [name: string, version: number], parameters: object): N8nNode {
  return { id: nextId(), name, type: `n8n-nodes-base.${type[0]}`, typeVersion: type[1], position: [lastId * 200, 0], parameters };
}

function webhook(path: string): N8nNode {
  return { ...node('Webhook', ['webhook', 2], { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} }), webhookId: nextId() };
}

function workflow(id: string, name: string, nodes: N8nNode[]) {
  const connections = Object.fromEntries(nodes.slice(0, -1).map((from, index) => [from.name, { main: [[{ node: nodes[index + 1]?.name, type: 'main', index: 0 }]] }]));
  return { id, name, active: false, isArchived: false, nodes, connections, settings: { executionOrder: 'v1' }, pinData: {}, meta: null, tags: [], versionId: nextId() };
}

/** Answers at once and does nothing: tells that webhooks are served. */
export function readyWorkflow() {
  return workflow('benchReady000000', 'ready', [webhook('ready'), node('Nothing', ['noOp', 1], {})]);
}

/** Webhook (answers at once) → Edit Fields → HTTP Request. */
export function ordersWorkflow(sinkUrl: string) {
  const fields = assignments.map(([name, value, type]) => ({ id: nextId(), name, value: `=${value}`, type: type ?? 'string' }));
  return workflow('benchOrders00000', 'orders', [
    webhook('orders'),
    node('Edit Fields', ['set', 3.4], { mode: 'manual', options: {}, assignments: { assignments: fields } }),
    node('POST to the sink', ['httpRequest', 4.2], { method: 'POST', url: `${sinkUrl}/orders`, sendBody: true, specifyBody: 'json', jsonBody: '={{ JSON.stringify($json) }}', options: {} }),
  ]);
}
