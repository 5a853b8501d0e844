import { describe, expect, it } from 'vitest';
import { emptyDocument, type FlowDocument } from '#engine/flow/document.ts';
import { applyOp } from '#engine/flow/apply-op.ts';
import { planAddNode } from './add-node.ts';
import { newNode } from './new-node.ts';
import { removeSelection } from './selection-ops.ts';

function add(doc: FlowDocument, kind: string, afterId?: string): { doc: FlowDocument; nodeId: string } {
  const node = newNode(doc, kind, kind);
  if (node === undefined) throw new Error(`no kind ${kind}`);
  const plan = planAddNode(doc, { node, after: doc.nodes.find(({ id }) => id === afterId) });
  const result = applyOp(doc, plan.op);
  if (!result.ok) throw new Error(result.reason.code);
  return { doc: result.doc, nodeId: plan.nodeId };
}

describe('adding a node', () => {
  it('joins it to the selected node and puts it to the right', () => {
    const first = add(emptyDocument(), 'webhook-trigger');
    const second = add(first.doc, 'map', first.nodeId);
    expect(second.doc.edges).toMatchObject([{ from: { node: first.nodeId, port: 'out' }, to: { node: second.nodeId, port: 'in' } }]);
    expect(second.doc.nodes[1]?.position.x).toBeGreaterThan(second.doc.nodes[0]?.position.x ?? 0);
  });
  it('never covers another node and gives every node a name of its own', () => {
    const first = add(emptyDocument(), 'webhook-trigger');
    const second = add(first.doc, 'map', first.nodeId);
    const third = add(second.doc, 'map', first.nodeId);
    const places = third.doc.nodes.map(({ position }) => `${position.x}/${position.y}`);
    expect(new Set(places).size).toBe(3);
    expect(new Set(third.doc.nodes.map(({ label }) => label)).size).toBe(3);
  });
  it('does not join what does not fit: nothing leads into a trigger', () => {
    const first = add(emptyDocument(), 'webhook-trigger');
    expect(add(first.doc, 'manual-trigger', first.nodeId).doc.edges).toEqual([]);
  });
  it('takes the free output of a branch before a used one', () => {
    const branch = add(emptyDocument(), 'branch');
    const one = add(branch.doc, 'map', branch.nodeId);
    const two = add(one.doc, 'map', branch.nodeId);
    expect(two.doc.edges.map(({ from }) => from.port)).toEqual(['case_1', 'otherwise']);
  });
});

it('removes a selection with all its edges in one operation that can be undone', () => {
  const first = add(emptyDocument(), 'webhook-trigger');
  const second = add(first.doc, 'map', first.nodeId);
  const op = removeSelection(second.doc, [second.nodeId], []);
  const removed = op === null ? null : applyOp(second.doc, op);
  expect(removed?.ok === true && removed.doc).toMatchObject({ nodes: [{ id: first.nodeId }], edges: [] });
  const back = removed?.ok === true ? applyOp(removed.doc, removed.inverse) : null;
  expect(back?.ok === true && back.doc).toEqual(second.doc);
  expect(removeSelection(second.doc, [], [])).toBeNull();
});
