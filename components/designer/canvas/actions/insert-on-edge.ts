import { canConnect } from '#engine/flow/edge-rules.ts';
import { applyOp } from '#engine/flow/apply-op.ts';
import { newId, type FlowDocument, type FlowEdge, type FlowNode, type Position } from '#engine/flow/document.ts';
import { reachableFrom } from '#engine/flow/graph.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import { inputsOf, outputsOf } from '#components/canvas/kind-info.ts';
import { indexOf } from '../../doc-index.ts';
import { NODE_WIDTH, snap } from '../../add-node.ts';
import type { DesignerStore } from '../../store.ts';
import { groupsByNode, sizeOf } from '../boxes.ts';

const GAP = 80;
const STEP = NODE_WIDTH + GAP;

/**
 * One operation that puts a node between the two ends of an edge. A new node makes room for itself: what follows moves to the
 * right. A node that was dropped there (`stays`) keeps its place. Null: it does not fit between these ends.
 */
export function planInsertOnEdge(doc: FlowDocument, edgeId: string, wish: { node: FlowNode; stays?: boolean; at?: Position }): FlowOp | null {
  const edge = indexOf(doc).edge(edgeId);
  const source = edge === undefined ? undefined : indexOf(doc).node(edge.from.node);
  const target = edge === undefined ? undefined : indexOf(doc).node(edge.to.node);
  if (edge === undefined || source === undefined || target === undefined) return null;
  const known = indexOf(doc).node(wish.node.id) !== undefined;
  const room = known || wish.stays === true || wish.at !== undefined ? null : roomBetween(doc, source, target);
  const node: FlowNode = { ...wish.node, position: snap(wish.at ?? room?.at ?? wish.node.position) };
  const ops: FlowOp[] = [{ type: 'removeEdge', edgeId }, ...(known ? [] : [{ type: 'addNode' as const, node }])];
  const opened = applyOp(doc, { type: 'batch', ops });
  if (!opened.ok) return null;
  const joined = joinBetween(opened.doc, edge, node);
  if (joined === null) return null;
  const move: FlowOp[] = room === null || Object.keys(room.moved).length === 0 ? [] : [{ type: 'moveNodes', positions: room.moved }];
  // Between two nodes of one group it stands inside their frame, so it is theirs.
  const group = (doc.groups ?? []).find(({ nodes }) => nodes.includes(source.id) && nodes.includes(target.id) && !nodes.includes(node.id));
  const grouped = groupsByNode(doc).has(node.id);
  const enter: FlowOp[] = group === undefined || grouped ? [] : [{ type: 'setGroup', group: { ...group, nodes: [...group.nodes, node.id] } }];
  return { type: 'batch', ops: [...ops, ...joined, ...move, ...enter] };
}

/** Puts a node on an edge and selects it. False: it does not fit there. */
export function insertOnEdge(store: DesignerStore, edgeId: string, wish: { node: FlowNode; stays?: boolean; at?: Position; mark?: string }): boolean {
  const { doc, apply, select } = store.getState();
  const op = planInsertOnEdge(doc, edgeId, wish);
  if (op === null || !apply(op, wish.mark)) return false;
  select([wish.node.id]);
  return true;
}

function joinBetween(doc: FlowDocument, edge: FlowEdge, node: FlowNode): FlowOp[] | null {
  for (const input of inputsOf(node)) {
    const first = { id: newId('edge'), from: edge.from, to: { node: node.id, port: input.id } };
    if (!canConnect(doc, first.from, first.to).ok) continue;
    const half = applyOp(doc, { type: 'addEdge', edge: first });
    if (!half.ok) continue;
    for (const output of outputsOf(node)) {
      const second = { id: newId('edge'), from: { node: node.id, port: output.id }, to: edge.to };
      if (canConnect(half.doc, second.from, second.to).ok) return [{ type: 'addEdge', edge: first }, { type: 'addEdge', edge: second }];
    }
  }
  return null;
}

/** The middle of the edge; where the gap is too narrow, what follows makes room and the node stands right of the first end. */
function roomBetween(doc: FlowDocument, source: FlowNode, target: FlowNode): { at: Position; moved: Record<string, Position> } {
  const from = source.position.x + NODE_WIDTH;
  const gap = target.position.x - from;
  const middle = (y: FlowNode) => y.position.y + sizeOf(y).height / 2;
  const y = gap >= STEP ? (middle(source) + middle(target)) / 2 - 27 : target.position.y;
  if (gap >= NODE_WIDTH + GAP) return { at: { x: from + (gap - NODE_WIDTH) / 2, y }, moved: {} };
  const by = Math.ceil((from + GAP + STEP - target.position.x) / 20) * 20;
  const moved: Record<string, Position> = {};
  const following = reachableFrom(doc, [target.id]);
  for (const node of doc.nodes) {
    if (following.has(node.id)) moved[node.id] = { x: node.position.x + by, y: node.position.y };
  }
  return { at: { x: from + GAP, y }, moved };
}
