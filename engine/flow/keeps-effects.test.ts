import { expect, it } from 'vitest';
import { findNodeKind } from '../nodes/registry.ts';
import { compileFlow } from './compile.ts';
import { emptyDocument } from './document.ts';
import type { FlowDocument, FlowNode } from './document.ts';
import { keepsEffects } from './keeps-effects.ts';

const connectionId = '0198c0de-0000-7000-8000-000000000001';

function node(id: string, kind: string, config: object = {}): FlowNode {
  const found = findNodeKind(kind);
  if (found === undefined) throw new Error(kind);
  return { id, kind, kindVersion: found.version, label: id, position: { x: 0, y: 0 }, config: JSON.parse(JSON.stringify({ ...Object(found.initial()), ...config })) };
}

/** by hand → map → batch → send → tell */
function flow(change: { batch?: object; send?: object; map?: object; without?: string } = {}): FlowDocument {
  const nodes = [
    node('start', 'manual-trigger'),
    node('map', 'map', change.map),
    node('batch', 'batch', { size: 100, ...change.batch }),
    node('send', 'http-request', { connectionId, method: 'POST', url: '/orders', ...change.send }),
    node('tell', 'http-request', { connectionId, method: 'POST', url: '/done' }),
  ].filter(({ id }) => id !== change.without);
  const edge = (from: string, port: string, to: string) => ({ id: `${from}-${to}`, from: { node: from, port }, to: { node: to, port: 'in' } });
  const way = nodes.map(({ id }) => id);
  return { ...emptyDocument(), nodes, edges: way.slice(1).map((id, at) => edge(way[at] ?? '', 'out', id)) };
}

const kept = (after: FlowDocument, nodeId: string) => keepsEffects(compileFlow(flow()), compileFlow(after), nodeId);

it('keeps what was confirmed when a mapping on the way was corrected', () => {
  expect(kept(flow(), 'send')).toBe(true);
  expect(kept(flow({ map: { mapping: { rules: [{ id: 'r', target: 'a', source: { type: 'path', path: 'b' }, functions: [], onMissing: 'skip' }] } } }), 'tell')).toBe(true);
});

it('keeps nothing where a key may name another record now', () => {
  expect(kept(flow({ batch: { size: 50 } }), 'send')).toBe(false);
  expect(kept(flow({ without: 'map' }), 'send')).toBe(false);
  expect(kept(flow({ without: 'send' }), 'send')).toBe(false);
});

it('keeps nothing at a node that calls elsewhere now, and the rest', () => {
  const after = flow({ send: { url: '/v2/orders' } });
  expect(kept(after, 'send')).toBe(false);
  expect(kept(after, 'tell')).toBe(true);
});
