import { checkTries } from '#engine/flow/check-tries.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { Json } from '#engine/flow/json.ts';
import { FlowBuilder } from '../flow-builder.ts';
import type { Random } from './random.ts';

/** An output that edges may leave from. */
type Open = string;
type Kind = 'write' | 'strict' | 'forgiving' | 'read' | 'filter' | 'batch' | 'collect' | 'wait' | 'dedupe' | 'xref' | 'approval' | 'event' | 'merge' | 'try';

const KINDS: readonly [Kind, ...Kind[]] = ['write', 'write', 'strict', 'strict', 'forgiving', 'read', 'filter', 'batch', 'collect', 'wait', 'dedupe', 'xref', 'approval', 'event', 'merge', 'try', 'try'];

/** What comes after, of dice of its own: seeds that have found something draw the same flow in front of it. */
const LATER: readonly [Later, ...Later[]] = ['debounce', 'flow-call', 'join'];
type Later = 'debounce' | 'flow-call' | 'join';

/** A flow of a few random nodes behind a webhook, its records from a list in the event or from pages that are read. */
export function randomFlow(random: Random, later: Random): FlowDocument {
  for (;;) {
    const drawn = draw(random);
    const doc = structuredClone(drawn.doc);
    if (checkTries(doc).length > 0) continue;
    if (later.chance(0.4)) return doc;
    addLater(drawn.flow, drawn.open, later);
    const longer = withPolicies(drawn.flow.build());
    return checkTries(longer).length === 0 ? longer : doc;
  }
}

/** One more node, and a write behind it. */
function addLater(flow: FlowBuilder, open: [Open, ...Open[]], random: Random): void {
  const kind = random.pick(LATER);
  if (kind === 'debounce') {
    // Every record has a key of its own: which of several is the latest would be a matter of time.
    flow.node('late', 'debounce', { keyPaths: ['id'], seconds: random.int(1, 5) }).edge(open[0], 'late');
  } else if (kind === 'flow-call') {
    flow.node('late', 'flow-call', { flowId: 'other', answer: { mode: 'keep' }, timeoutSeconds: 86_400 }).edge(random.pick(open), 'late');
  } else {
    flow.node('late', 'join', { leftKey: 'id', rightKey: 'id', mode: random.pick(['left', 'inner']), as: 'other', matches: random.pick(['each', 'list']) });
    flow.edge(random.pick(open), 'late.left').edge(random.pick(open), 'late.right');
  }
  flow.node('last', 'http-request', call('strict/strict/last')).edge('late', 'last');
}

function draw(random: Random): { flow: FlowBuilder; open: [Open, ...Open[]]; doc: FlowDocument } {
  const flow = new FlowBuilder().node('hook', 'webhook-trigger', { verification: { recipe: 'none' } });
  const open: [Open, ...Open[]] = ['hook.out'];
  if (random.chance(0.5)) {
    const before = random.chance(0.3);
    if (before) flow.node('first', 'http-request', call('first')).edge('hook', 'first');
    if (random.chance(0.2)) open.push('hook.out');
    flow.node('source', 'http-pages', pages()).edge(before ? 'first' : 'hook', 'source');
    open[0] = 'source.out';
  } else if (random.chance(0.8)) {
    flow.node('source', 'split', { path: 'lines' }).edge('hook', 'source');
    open[0] = 'source.out';
  }
  const count = random.int(2, 8);
  for (let index = 0; index < count; index += 1) add(flow, open, { random, id: `n${index}` });
  const doc = withPolicies(flow.settings({ orderingKey: random.chance(0.7) ? 'customer' : null, retry: { maxAttempts: 1_000, baseSeconds: 1, maxSeconds: 4 } }).build());
  return { flow, open, doc };
}

function add(flow: FlowBuilder, open: [Open, ...Open[]], { random, id }: { random: Random; id: string }): void {
  const from = random.pick(open);
  const kind = random.pick(KINDS);
  switch (kind) {
    case 'write':
    case 'strict':
    case 'forgiving':
      flow.node(id, 'http-request', call(`${kind === 'write' ? 'calm' : 'strict'}/${kind}/${id}`)).edge(from, id);
      open.push(`${id}.out`);
      // Where two ways meet, a step hears of a record twice.
      if (random.chance(0.2)) addOther(flow, open, { random, from, to: id });
      return;
    case 'read':
      flow.node(id, 'http-request', { ...call(`calm/${id}`), method: 'GET', answer: { mode: 'add', field: 'looked' } }).edge(from, id);
      return void open.push(`${id}.out`);
    case 'filter':
      flow.node(id, 'filter', { rules: { match: 'all', rules: [{ path: 'n', operator: 'notEquals', value: '2' }] } }).edge(from, id);
      return void open.push(`${id}.kept`);
    case 'batch':
      flow.node(id, 'batch', { size: random.int(2, 4) }).edge(from, id);
      return void open.push(`${id}.out`);
    case 'collect':
      flow.node(id, 'collect').edge(from, id);
      return void open.push(`${id}.out`);
    case 'wait':
      flow.node(id, 'wait', { mode: 'for', seconds: random.int(1, 5) }).edge(from, id);
      return void open.push(`${id}.out`);
    case 'dedupe':
      // Where the same record came by two ways, which one is first would be a matter of luck.
      flow.node(id, 'dedupe', { keyPaths: ['id'], windowHours: 24 }).edge(open[0], id);
      return void open.push(`${id}.out`);
    case 'xref':
      flow.node(id, 'cross-reference', { mode: 'put', entity: 'article', from: 'shop', to: 'erp', idPath: 'id', otherIdPath: 'id' }).edge(from, id);
      return void open.push(`${id}.out`);
    case 'approval':
      flow.node(id, 'approval', { title: 'May it?', timeoutHours: 1 }).edge(from, id);
      return void open.push(`${id}.approved`, `${id}.rejected`);
    case 'event':
      flow.node(id, 'flow-event', { topic: 'stock' }).edge(from, id);
      return void open.push(`${id}.out`);
    case 'merge':
      flow.node(id, 'merge').edge(from, `${id}.a`).edge(random.pick(open), `${id}.b`);
      return void open.push(`${id}.out`);
    case 'try':
      flow.node(id, 'try').edge(from, id);
      flow.node(`${id}w`, 'http-request', call(`calm/${id}w`)).edge(`${id}.body`, `${id}w`);
      flow.node(`${id}s`, 'http-request', call(`strict/${id}s`)).edge(`${id}w`, `${id}s`);
      flow.node(`${id}u`, 'compensate', { of: `${id}w`, connectionId: null, method: 'DELETE', url: 'https://far.example/calm/{{answer.id}}', query: [], headers: [] }).edge(`${id}.failed`, `${id}u`);
      // Sometimes all that comes next is inside the region, sometimes what was undone as well.
      return void open.push(`${id}s.out`, `${id}s.out`, `${id}u.out`);
  }
}

function addOther(flow: FlowBuilder, open: [Open, ...Open[]], of: { random: Random; from: Open; to: string }): void {
  const other = of.random.pick(open);
  if (other !== of.from && other !== `${of.to}.out`) flow.edge(other, of.to);
}

function call(path: string): Record<string, Json> {
  return { url: `https://far.example/${path}`, answer: { mode: 'keep' } };
}

function pages(): Record<string, Json> {
  return {
    connectionId: null, url: 'https://far.example/list/{{id}}/{{count}}/{{broken}}', recordsPath: 'items',
    paging: { style: 'page', pageParam: 'page', firstPage: 1, ends: 'flag', morePath: 'more' },
  };
}

/** A refusal by a forgiving node is nothing to worry about. */
function withPolicies(doc: FlowDocument): FlowDocument {
  const nodes = doc.nodes.map((node) => {
    const forgiving = String(node.config['url'] ?? '').includes('/forgiving/');
    return forgiving ? { ...node, policy: { failures: [{ match: '422', class: 'ignore' as const }] } } : node;
  });
  return { ...doc, nodes };
}
