import { inputsOf, outputsOf } from '#components/canvas/kind-info.ts';
import { type EdgeEnd, type FlowDocument, type FlowEdge, type FlowNode, newId } from '#engine/flow/document.ts';
import { canConnect } from '#engine/flow/edge-rules.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import { freePlace, planAddNode } from '../add-node.ts';
import { planInsertOnEdge } from '../canvas/actions/insert-on-edge.ts';
import { indexOf } from '../doc-index.ts';
import { beginEdit, type Edit, wholeEdit } from './edit.ts';

/** The line a new or moved node comes behind: a node, one of its ports, or the edge a branch begins with. */
export interface AfterPlace {
  nodeId: string;
  port?: string;
  edgeId?: string;
}

/**
 * One operation that puts a node behind a line. What followed the line follows the node, where the node has an output that fits;
 * behind a node that divides the flow it begins a way of its own. Null: it does not fit there.
 */
export function planAfter(doc: FlowDocument, place: AfterPlace, node: FlowNode): FlowOp | null {
  const index = indexOf(doc);
  const after = index.node(place.nodeId);
  if (after === undefined) return null;
  const leaving = index.outgoing(after.id).filter((edge) => place.port === undefined || edge.from.port === place.port);
  const edge = place.edgeId === undefined ? (leaving.length === 1 ? leaving[0] : undefined) : index.edge(place.edgeId);
  if (edge !== undefined) {
    const between = planInsertOnEdge(doc, edge.id, { node });
    if (between !== null) return between;
  }
  const known = index.node(node.id) !== undefined;
  const ports = outputsOf(after).filter(({ id }) => place.port === undefined || id === place.port);
  const used = new Set(index.outgoing(after.id).map(({ from }) => from.port));
  for (const { id: port } of ports.toSorted((a, b) => Number(used.has(a.id)) - Number(used.has(b.id)))) {
    const from = { node: after.id, port };
    if (!known) {
      const { op } = planAddNode(doc, { node, after, from });
      if (op.type === 'batch') return op;
      continue;
    }
    const joined = join(beginEdit(doc), from, node);
    if (joined !== null) return wholeEdit(joined);
  }
  return null;
}

/** One operation that puts a node before another: whatever led there leads to it. Null: it does not fit there. */
export function planBefore(doc: FlowDocument, place: { nodeId: string; edgeId?: string }, node: FlowNode): FlowOp | null {
  const index = indexOf(doc);
  const before = index.node(place.nodeId);
  if (before === undefined) return null;
  const all = index.incoming(before.id);
  const [first] = all;
  const edge = place.edgeId === undefined ? (all.length === 1 ? first : undefined) : index.edge(place.edgeId);
  if (edge !== undefined) return planInsertOnEdge(doc, edge.id, { node });
  const to = first?.to ?? firstInput(before);
  if (to === undefined) return null;
  let edit: Edit | null = beginEdit(doc);
  if (index.node(node.id) === undefined) edit = edit.and({ type: 'addNode', node: { ...node, position: freePlace(doc, index.node(first?.from.node ?? '')) } });
  const moved = all.filter((one) => one.to.port === to.port);
  for (const one of moved) edit = edit?.and({ type: 'removeEdge', edgeId: one.id }) ?? null;
  for (const one of moved) edit = edit === null ? null : join(edit, one.from, node);
  return edit === null ? null : finish(joinTo(edit, node, to));
}

/** One operation that removes nodes and lets what led to them lead on to what followed. */
export function planRemove(doc: FlowDocument, nodeIds: readonly string[]): FlowOp | null {
  let edit = beginEdit(doc);
  for (const id of nodeIds) edit = takeOut(edit, id)?.and({ type: 'removeNode', nodeId: id }) ?? edit;
  return wholeEdit(edit);
}

/** One operation that moves a node behind another line; where it was, the flow closes. */
export function planMoveAfter(doc: FlowDocument, nodeId: string, place: AfterPlace): FlowOp | null {
  const node = indexOf(doc).node(nodeId);
  const out = node === undefined || place.nodeId === nodeId ? null : takeOut(beginEdit(doc), nodeId);
  if (out === null || node === undefined) return null;
  const target = indexOf(out.doc).node(place.nodeId);
  const held = out.and({ type: 'moveNodes', positions: { [nodeId]: freePlace(without(out.doc, nodeId), target) } });
  // The edge that the branch began with may have been the node's own.
  const edgeId = place.edgeId !== undefined && indexOf(out.doc).edge(place.edgeId) !== undefined ? place.edgeId : undefined;
  const op = held === null ? null : planAfter(held.doc, { ...place, edgeId }, node);
  return held === null || op === null ? null : finish(held.and(op));
}

/** One operation by which a node changes places with the one before or after it in its line. Null: it stands alone there. */
export function planSwap(doc: FlowDocument, nodeId: string, direction: 'up' | 'down'): FlowOp | null {
  const index = indexOf(doc);
  const [first, second] = direction === 'up' ? [onlyBefore(doc, nodeId), nodeId] : [nodeId, onlyAfter(doc, nodeId)];
  const [one, other] = [index.node(first ?? ''), index.node(second ?? '')];
  // What begins a flow stays in front.
  if (one === undefined || other === undefined || inputsOf(one).length === 0 || outputsOf(other).length === 0) return null;
  const out = takeOut(beginEdit(doc), other.id);
  const op = out === null ? null : planBefore(out.doc, { nodeId: one.id }, other);
  const done = out === null || op === null ? null : out.and(op);
  return finish(done?.and({ type: 'moveNodes', positions: { [one.id]: other.position, [other.id]: one.position } }) ?? null);
}

/** Takes a node out of its place: its edges go, and what led to it leads to what followed, as far as that fits. */
function takeOut(edit: Edit, nodeId: string): Edit | null {
  const index = indexOf(edit.doc);
  const [before, after] = [index.incoming(nodeId), index.outgoing(nodeId)];
  const port = after[0]?.from.port;
  let next: Edit | null = edit;
  for (const edge of new Set([...before, ...after])) next = next?.and({ type: 'removeEdge', edgeId: edge.id }) ?? null;
  for (const { from } of before)
    for (const edge of after) {
      if (next === null || edge.from.port !== port || !canConnect(next.doc, from, edge.to).ok) continue;
      next = next.and({ type: 'addEdge', edge: { id: newId('edge'), from, to: edge.to } });
    }
  return next;
}

/** Joins an output to whichever input of a node takes it. */
function join(edit: Edit, from: EdgeEnd, node: FlowNode): Edit | null {
  const input = inputsOf(node).find(({ id }) => canConnect(edit.doc, from, { node: node.id, port: id }).ok);
  return input === undefined ? null : edit.and({ type: 'addEdge', edge: edgeOf(from, { node: node.id, port: input.id }) });
}

/** Joins whichever output of a node fits to an input. */
function joinTo(edit: Edit, node: FlowNode, to: EdgeEnd): Edit | null {
  const output = outputsOf(node).find(({ id }) => canConnect(edit.doc, { node: node.id, port: id }, to).ok);
  return output === undefined ? null : edit.and({ type: 'addEdge', edge: edgeOf({ node: node.id, port: output.id }, to) });
}

function edgeOf(from: EdgeEnd, to: EdgeEnd): FlowEdge {
  return { id: newId('edge'), from, to };
}

function firstInput(node: FlowNode): EdgeEnd | undefined {
  const [input] = inputsOf(node);
  return input === undefined ? undefined : { node: node.id, port: input.id };
}

function onlyBefore(doc: FlowDocument, nodeId: string): string | undefined {
  const before = indexOf(doc).incoming(nodeId);
  return before.length === 1 && indexOf(doc).outgoing(before[0]?.from.node ?? '').length === 1 ? before[0]?.from.node : undefined;
}

function onlyAfter(doc: FlowDocument, nodeId: string): string | undefined {
  const after = indexOf(doc).outgoing(nodeId);
  return after.length === 1 && indexOf(doc).incoming(after[0]?.to.node ?? '').length === 1 ? after[0]?.to.node : undefined;
}

function without(doc: FlowDocument, nodeId: string): FlowDocument {
  return { ...doc, nodes: doc.nodes.filter(({ id }) => id !== nodeId) };
}

function finish(edit: Edit | null): FlowOp | null {
  return edit === null ? null : wholeEdit(edit);
}
