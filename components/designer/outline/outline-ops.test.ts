import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyOp } from '#engine/flow/apply-op.ts';
import { emptyDocument, type FlowDocument, type FlowNode } from '#engine/flow/document.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import { newNode } from '../new-node.ts';
import { planAfter, planBefore, planMoveAfter, planRemove, planSwap } from './outline-ops.ts';

function made(id: string, kind = 'map'): FlowNode {
  const node = newNode(emptyDocument(), kind, id);
  if (node === undefined) throw new Error(kind);
  return { ...node, id };
}

/** A chain: trigger t, then the others. */
function chain(...ids: string[]): FlowDocument {
  const nodes = [made('t', 'manual-trigger'), ...ids.map((id) => made(id))];
  const edges = ids.map((id, at) => ({ id: `e${at}`, from: { node: ids[at - 1] ?? 't', port: 'out' }, to: { node: id, port: 'in' } }));
  return { ...emptyDocument(), nodes: nodes.map((node, at) => ({ ...node, position: { x: at * 320, y: 0 } })), edges };
}

const joins = (doc: FlowDocument) => doc.edges.map(({ from, to }) => `${from.node}>${to.node}`).toSorted().join(' ');

function after(doc: FlowDocument, op: FlowOp | null): FlowDocument {
  if (op === null) throw new Error('refused');
  const applied = applyOp(doc, op);
  if (!applied.ok) throw new Error(applied.reason.code);
  const back = applyOp(applied.doc, applied.inverse);
  expect(back.ok && back.doc).toEqual(doc);
  return applied.doc;
}

describe('editing in the outline', () => {
  const doc = chain('a', 'b', 'c');
  it('adds behind a node, before what followed it', () => {
    expect(joins(after(doc, planAfter(doc, { nodeId: 'a' }, made('x'))))).toBe('a>x b>c t>a x>b');
    expect(joins(after(doc, planAfter(doc, { nodeId: 'c' }, made('x'))))).toBe('a>b b>c c>x t>a');
  });
  it('inserts before a node, and before one where ways meet', () => {
    expect(joins(after(doc, planBefore(doc, { nodeId: 'b' }, made('x'))))).toBe('a>x b>c t>a x>b');
    const met = { ...doc, edges: [...doc.edges, { id: 'extra', from: { node: 't', port: 'out' }, to: { node: 'c', port: 'in' } }] };
    expect(joins(after(met, planBefore(met, { nodeId: 'c' }, made('x'))))).toBe('a>b b>x t>a t>x x>c');
    expect(planBefore(doc, { nodeId: 't' }, made('x'))).toBeNull();
  });
  it('closes the gap a removed node leaves', () => {
    expect(joins(after(doc, planRemove(doc, ['b'])))).toBe('a>c t>a');
    expect(joins(after(doc, planRemove(doc, ['a', 'b'])))).toBe('t>c');
  });
  it('moves a node up, down and behind another', () => {
    expect(joins(after(doc, planSwap(doc, 'b', 'up')))).toBe('a>c b>a t>b');
    expect(joins(after(doc, planSwap(doc, 'b', 'down')))).toBe('a>c c>b t>a');
    expect(planSwap(doc, 'a', 'up')).toBeNull();
    expect(planSwap(doc, 'c', 'down')).toBeNull();
    expect(joins(after(doc, planMoveAfter(doc, 'a', { nodeId: 'c' })))).toBe('b>c c>a t>b');
  });
  it('keeps a chain a chain, whatever is moved where', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ node: fc.constantFrom('a', 'b', 'c', 'd'), way: fc.constantFrom('up', 'down', 'behind', 'remove', 'add'), to: fc.constantFrom('t', 'a', 'b', 'c', 'd') }), { maxLength: 8 }), (moves) => {
        let now = chain('a', 'b', 'c', 'd');
        moves.forEach(({ node, way, to }, at) => {
          const op =
            way === 'behind' ? planMoveAfter(now, node, { nodeId: to }) : way === 'remove' ? planRemove(now, [node]) : way === 'add' ? planAfter(now, { nodeId: to }, made(`n${at}`)) : planSwap(now, node, way === 'up' ? 'up' : 'down');
          if (op !== null) now = after(now, op);
        });
        expect(now.edges).toHaveLength(now.nodes.length - 1);
        expect(new Set(now.edges.map(({ from }) => from.node)).size).toBe(now.edges.length);
        expect(new Set(now.edges.map(({ to }) => to.node)).size).toBe(now.edges.length);
      }),
    );
  });
});
