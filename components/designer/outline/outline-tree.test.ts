import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument, type FlowDocument, type FlowNode } from '#engine/flow/document.ts';
import { nodeKinds } from '#engine/nodes/registry.ts';
import { dominators } from './dominators.ts';
import { foldsAround, rowOfNode, rowsOf } from './outline-rows.ts';
import { outlineOf, type OutlineItem } from './outline-tree.ts';

const KINDS = nodeKinds.map(({ kind }) => kind);

function node(id: string, kind: string): FlowNode {
  return { id, kind, kindVersion: 1, label: id, position: { x: 0, y: 0 }, config: {} };
}

/** `a>b` or `a:port>b`; nodes are triggers where they are named t…, notes n…, branches b…, else maps. */
function flow(...edges: string[]): FlowDocument {
  const ids = new Set<string>();
  const list = edges.flatMap((text, index) => {
    const [from = '', to] = text.split('>');
    const [source = '', port = 'out'] = from.split(':');
    ids.add(source);
    if (to === undefined) return [];
    ids.add(to);
    return [{ id: `e${index}`, from: { node: source, port }, to: { node: to, port: 'in' } }];
  });
  const kinds: Record<string, string> = { t: 'manual-trigger', n: 'note', f: 'validate' };
  return { ...emptyDocument(), nodes: [...ids].map((id) => node(id, kinds[id.charAt(0)] ?? 'map')), edges: list };
}

/** Indented text, so that a test reads like the screen. */
function text(items: readonly OutlineItem[], indent = ''): string[] {
  return items.flatMap((item) => [
    indent + (item.type === 'node' ? item.node.id : item.type === 'way' ? `[${item.port}${item.nth === null ? '' : ` ${item.nth}`}]` : `> ${item.node.id}`),
    ...text(item.children, `${indent}  `),
  ]);
}

const shown = (...edges: string[]) => text(outlineOf(flow(...edges)).steps);

describe('the outline', () => {
  it('lists a chain one below the other', () => {
    expect(shown('t>a', 'a>c')).toEqual(['t', 'a', 'c']);
  });
  it('gives every way a branch and goes on below where they meet', () => {
    expect(shown('t>f', 'f:valid>a', 'f:invalid>c', 'a>d', 'c>d', 'd>e')).toEqual(['t', 'f', '  [valid]', '    a', '    > d', '  [invalid]', '    c', '    > d', 'd', 'e']);
  });
  it('numbers the ways out of one port, and shows an empty one', () => {
    expect(shown('t>a', 't>c').slice(0, 5)).toEqual(['t', '  [out 1]', '    a', '  [out 2]', '    c']);
    expect(shown('t>f', 'f:valid>a', 'f:valid>c')).toContain('  [valid 2]');
  });
  it('puts what several triggers lead to below them', () => {
    expect(shown('t1>a', 't2>a', 'a>c')).toEqual(['t1', '> a', 't2', '> a', 'a', 'c']);
  });
  it('survives a circle and a loose end', () => {
    expect(shown('a>c', 'c>a', 't', 'x')).toEqual(['t', 'x', 'a', 'c', '> a']);
  });
  it('keeps notes for the end', () => {
    const doc = flow('n1', 't>a');
    expect(rowsOf(outlineOf(doc), new Set()).map(({ item }) => item.node.id)).toEqual(['t', 'a', 'n1']);
  });
});

const anyDocument = fc
  .integer({ min: 0, max: 14 })
  .chain((count) =>
    fc.record({
      kinds: fc.array(fc.constantFrom(...KINDS, 'gone-from-the-registry'), { minLength: count, maxLength: count }),
      // Ends beyond the nodes are dangling; ends may repeat and run in circles.
      edges: fc.array(fc.record({ from: fc.nat(count + 1), to: fc.nat(count + 1), port: fc.constantFrom('out', 'pass', 'rest', 'failed') }), { maxLength: 30 }),
    }),
  )
  .map(({ kinds, edges }): FlowDocument => ({
    ...emptyDocument(),
    nodes: kinds.map((kind, index) => node(`n${index}`, kind)),
    edges: edges.map(({ from, to, port }, index) => ({ id: `e${index}`, from: { node: `n${from}`, port }, to: { node: `n${to}`, port: 'in' } })),
  }));

describe('the outline of any document', () => {
  it('has exactly one line for each node, and shows every edge', () => {
    fc.assert(
      fc.property(anyDocument, (doc) => {
        const rows = rowsOf(outlineOf(doc), new Set());
        const owners = rows.flatMap(({ item }) => (item.type === 'node' ? [item.node.id] : []));
        expect(owners.toSorted()).toEqual(doc.nodes.map(({ id }) => id).toSorted());
        expect(new Set(rows.map(({ item }) => item.key)).size).toBe(rows.length);
        const inside = (id: string) => doc.nodes.some((one) => one.id === id && one.kind !== 'note');
        const edges = doc.edges.filter(({ from, to }) => inside(from.node) && inside(to.node) && from.node !== to.node);
        const told = new Set(rows.flatMap(({ item }) => (item.type === 'reference' ? [item.edge.id] : item.type === 'way' ? (item.edge === null ? [] : [item.edge.id]) : item.via === null ? [] : [item.via.id])));
        expect(edges.filter(({ id }) => !told.has(id))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('reaches every node by unfolding', () => {
    fc.assert(
      fc.property(anyDocument, (doc) => {
        const outline = outlineOf(doc);
        const all = new Set(rowsOf(outline, new Set()).map(({ item }) => item.key));
        for (const { id } of doc.nodes) {
          const open = new Set(foldsAround(outline, id));
          expect(rowOfNode(rowsOf(outline, new Set([...all].filter((key) => !open.has(key)))), id)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('draws a chain of a thousand at once', () => {
    const edges = Array.from({ length: 999 }, (_, index) => `m${index}>m${index + 1}`);
    const started = performance.now();
    expect(rowsOf(outlineOf(flow('t>m0', ...edges)), new Set())).toHaveLength(1_001);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('dominators', () => {
  /** Without the node, nothing reaches the other any more. */
  it('are what every path leads through', () => {
    // Node 0 is the beginning, every other one has an edge from an earlier one, and any further edges may run in circles.
    const tree = fc.tuple(...Array.from({ length: 8 }, (_, index) => fc.nat(index).map((from): [number, number] => [from, index + 1])));
    const further = fc.array(fc.tuple(fc.nat(8), fc.integer({ min: 1, max: 8 })), { maxLength: 10 });
    const graph = fc.tuple(tree, further).map(([some, more]) => [...some, ...more.filter(([from, to]) => from !== to)]);
    fc.assert(
      fc.property(graph, (pairs) => {
        const ids = Array.from({ length: 9 }, (_, index) => String(index));
        const next = (id: string) => pairs.filter(([from]) => String(from) === id).map(([, to]) => String(to));
        const reach = (without: string | null) => {
          const seen = new Set<string>();
          const open = ['0'].filter((id) => id !== without);
          for (let id = open.pop(); id !== undefined; id = open.pop()) {
            if (seen.has(id)) continue;
            seen.add(id);
            open.push(...next(id).filter((to) => to !== without));
          }
          return seen;
        };
        const all = reach(null);
        const found = dominators(ids, next);
        expect([...found.order].toSorted()).toEqual(ids);
        const through = (id: string) => [...all].filter((other) => other !== id && !reach(other).has(id));
        // Every dominator of a node but its owner is one of the owner as well: the owner is the last of them.
        const wrong = [...all].filter((id) => {
          const owner = found.of(id);
          const others = through(id);
          if (owner === null) return others.length > 0;
          return !others.includes(owner) || others.some((other) => other !== owner && reach(other).has(owner));
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
