import { canConnect } from '#engine/flow/edge-rules.ts';
import { newId, type EdgeEnd, type FlowDocument, type FlowNode, type Position } from '#engine/flow/document.ts';
import { applyOp } from '#engine/flow/apply-op.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import { inputsOf, outputsOf } from '#components/canvas/kind-info.ts';
import { indexOf } from './doc-index.ts';

export const GRID = 20;
export const NODE_WIDTH = 240;
export const NODE_HEIGHT = 54;
const GAP_X = 80;
const GAP_Y = 60;

export interface AddNodePlan {
  op: FlowOp;
  nodeId: string;
}

export interface AddNodeWish {
  node: FlowNode;
  /** Where it was dropped; without it the node goes to the right of `after`. */
  at?: Position;
  /** The node to continue from: joined to the new one where an edge fits. */
  after?: FlowNode;
  /** The very output an edge was drawn from. */
  from?: EdgeEnd;
  /** The very input an edge was drawn from, backwards. */
  to?: EdgeEnd;
}

/** One operation that adds a node at a free place and joins it to what it follows. */
export function planAddNode(doc: FlowDocument, wish: AddNodeWish): AddNodePlan {
  const position = wish.at === undefined ? freePlace(doc, wish.after) : snap(wish.at);
  const node: FlowNode = { ...wish.node, position };
  const add: FlowOp = { type: 'addNode', node };
  const edge = joinTo(doc, node, wish);
  return { nodeId: node.id, op: edge === null ? add : { type: 'batch', ops: [add, { type: 'addEdge', edge }] } };
}

/** The place right of `after` (or of the whole flow) that no node covers yet. */
export function freePlace(doc: FlowDocument, after: FlowNode | undefined): Position {
  const anchor = after ?? rightmost(doc);
  if (anchor === undefined) return { x: 0, y: 0 };
  const x = anchor.position.x + NODE_WIDTH + GAP_X;
  for (let step = 0; step < 200; step += 1) {
    const place = snap({ x, y: anchor.position.y + step * (NODE_HEIGHT + GAP_Y) });
    if (!doc.nodes.some((node) => overlaps(node.position, place))) return place;
  }
  return snap({ x, y: anchor.position.y });
}

export function snap(position: Position): Position {
  return { x: Math.round(position.x / GRID) * GRID, y: Math.round(position.y / GRID) * GRID };
}

/** The first free output of a node that fits an input of another, a free one first; null: none does. */
export function findFit(doc: FlowDocument, from: FlowNode, to: FlowNode): { from: EdgeEnd; to: EdgeEnd } | null {
  const used = new Set(indexOf(doc).outgoing(from.id).map((edge) => edge.from.port));
  const taken = new Set(indexOf(doc).incoming(to.id).map((edge) => edge.to.port));
  const outputs = [...outputsOf(from)].sort((a, b) => Number(used.has(a.id)) - Number(used.has(b.id)));
  const inputs = [...inputsOf(to)].sort((a, b) => Number(taken.has(a.id)) - Number(taken.has(b.id)));
  for (const output of outputs) {
    for (const input of inputs) {
      const ends = { from: { node: from.id, port: output.id }, to: { node: to.id, port: input.id } };
      if (canConnect(doc, ends.from, ends.to).ok) return ends;
    }
  }
  return null;
}

function joinTo(doc: FlowDocument, node: FlowNode, wish: AddNodeWish) {
  const added = applyOp(doc, { type: 'addNode', node });
  if (!added.ok) return null;
  if (wish.from !== undefined) {
    for (const input of inputsOf(node)) {
      const to = { node: node.id, port: input.id };
      if (canConnect(added.doc, wish.from, to).ok) return { id: newId('edge'), from: wish.from, to };
    }
    return null;
  }
  if (wish.to !== undefined) {
    for (const output of outputsOf(node)) {
      const from = { node: node.id, port: output.id };
      if (canConnect(added.doc, from, wish.to).ok) return { id: newId('edge'), from, to: wish.to };
    }
    return null;
  }
  if (wish.after === undefined) return null;
  const fit = findFit(added.doc, wish.after, node);
  return fit === null ? null : { id: newId('edge'), ...fit };
}

function rightmost(doc: FlowDocument): FlowNode | undefined {
  let found: FlowNode | undefined;
  for (const node of doc.nodes) if (found === undefined || node.position.x > found.position.x) found = node;
  return found;
}

function overlaps(a: Position, b: Position): boolean {
  return Math.abs(a.x - b.x) < NODE_WIDTH && Math.abs(a.y - b.y) < NODE_HEIGHT + GAP_Y / 2;
}
