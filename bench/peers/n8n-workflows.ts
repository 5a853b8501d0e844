import { assignments, mappingScript, productScript } from '../lib/order-script.ts';

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

function post(url: string): N8nNode {
  return node('POST to the sink', ['httpRequest', 4.2], { method: 'POST', url, sendBody: true, specifyBody: 'json', jsonBody: '={{ JSON.stringify($json) }}', options: {} });
}

function code(name: string, jsCode: string): N8nNode {
  return node(name, ['code', 2], { mode: 'runOnceForAllItems', jsCode });
}

/** Webhook → Code → HTTP Request. */
export function codeOrdersWorkflow(sinkUrl: string) {
  const script = `return $input.all().map((item) => {\nconst o = item.json.body;${mappingScript}return { json: out };\n});`;
  return workflow('benchOrdersCode0', 'orders by code', [webhook('orders-code'), code('Code', script), post(`${sinkUrl}/orders`)]);
}

/** Webhook → GET all products → Code (map) → Filter → Code (batches of 100) → HTTP Request: its fastest way. */
export function productsWorkflow(sinkUrl: string) {
  const condition = { id: nextId(), leftValue: '={{ $json.active }}', rightValue: '', operator: { type: 'boolean', operation: 'true', singleValue: true } };
  const batches = 'const all = $input.all().map((x) => x.json); const out = [];\nfor (let i = 0; i < all.length; i += 100) out.push({ json: { records: all.slice(i, i + 100) } });\nreturn out;';
  return workflow('benchProducts000', 'products', [
    webhook('products'),
    node('GET products', ['httpRequest', 4.2], { method: 'GET', url: `=${sinkUrl}/products?n={{ $json.query.n }}`, options: {} }),
    code('Code map', `const r2 = (x) => Math.round(x * 100) / 100;\nreturn $input.all().map((item) => { const p = item.json; return { json: ${productScript} }; });`),
    node('Filter', ['filter', 2.2], { conditions: { options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 }, combinator: 'and', conditions: [condition] }, options: {} }),
    code('Code batch', batches),
    post(`${sinkUrl}/batches`),
  ]);
}

/** Webhook (answers at once) → Edit Fields → HTTP Request. */
export function ordersWorkflow(sinkUrl: string) {
  const fields = assignments.map(([name, value, type]) => ({ id: nextId(), name, value: `=${value}`, type: type ?? 'string' }));
  return workflow('benchOrders00000', 'orders', [
    webhook('orders'),
    node('Edit Fields', ['set', 3.4], { mode: 'manual', options: {}, assignments: { assignments: fields } }),
    post(`${sinkUrl}/orders`),
  ]);
}
