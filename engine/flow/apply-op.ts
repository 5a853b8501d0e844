import {
  MAX_EDGES,
  MAX_NODES,
  flowDocumentSchema,
  flowEdgeSchema,
  flowNodeSchema,
  flowSettingsSchema,
  positionSchema,
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  type NodePolicy,
} from './document.ts';
import { addGroup, removeGroup, setGroup, withoutNode } from './apply-group-op.ts';
import { isKnownKind } from './known-kinds.ts';
import type { FlowOp, OpRefusal, OpResult } from './ops.ts';
import { structuralFault } from './structure.ts';

/**
 * Applies one operation to a document and gives the next document with the operation that undoes it exactly (including
 * the order of nodes and edges). Pure: the document given is never changed, and unchanged parts are shared.
 * What would leave a document that `readFlow` refuses is itself refused.
 */
export function applyOp(doc: FlowDocument, op: FlowOp): OpResult {
  switch (op.type) {
    case 'addNode':
      return addNode(doc, op.node, op.index);
    case 'removeNode':
      return removeNode(doc, op.nodeId);
    case 'moveNodes':
      return moveNodes(doc, op.positions);
    case 'setLabel':
      return changeNode(doc, op.nodeId, (node) => ({
        node: { ...node, label: op.label },
        inverse: { type: 'setLabel', nodeId: node.id, label: node.label },
      }));
    case 'setConfig':
      return changeNode(doc, op.nodeId, (node) => ({
        node: { ...node, config: op.config },
        inverse: { type: 'setConfig', nodeId: node.id, config: node.config },
      }));
    case 'setPolicy':
      return changeNode(doc, op.nodeId, (node) => ({
        node: withPolicy(node, op.policy),
        inverse: { type: 'setPolicy', nodeId: node.id, policy: node.policy ?? null },
      }));
    case 'addEdge':
      return addEdge(doc, op.edge, op.index);
    case 'removeEdge':
      return removeEdge(doc, op.edgeId);
    case 'addGroup':
      return addGroup(doc, op.group, op.index);
    case 'removeGroup':
      return removeGroup(doc, op.groupId);
    case 'setGroup':
      return setGroup(doc, op.group);
    case 'setSettings':
      if (!flowSettingsSchema.safeParse(op.settings).success) return refused({ code: 'invalid' });
      return done({ ...doc, settings: op.settings }, { type: 'setSettings', settings: doc.settings });
    case 'replace':
      return replace(doc, op.doc);
    case 'batch':
      return batch(doc, op.ops);
  }
}

function done(doc: FlowDocument, inverse: FlowOp): OpResult {
  return { ok: true, doc, inverse };
}

function refused(reason: OpRefusal): OpResult {
  return { ok: false, reason };
}

function addNode(doc: FlowDocument, node: FlowNode, index = doc.nodes.length): OpResult {
  if (doc.nodes.some((other) => other.id === node.id)) return refused({ code: 'node_exists', nodeId: node.id });
  if (!isPosition(index, doc.nodes.length)) return refused({ code: 'index_out_of_range', nodeId: node.id });
  if (doc.nodes.length >= MAX_NODES) return refused({ code: 'too_many', nodeId: node.id });
  if (!flowNodeSchema.safeParse(node).success) return refused({ code: 'invalid', nodeId: node.id });
  if (!isKnownKind(node.kind, node.kindVersion)) return refused({ code: 'unknown_kind', nodeId: node.id });
  return done({ ...doc, nodes: inserted(doc.nodes, node, index) }, { type: 'removeNode', nodeId: node.id });
}

function removeNode(doc: FlowDocument, nodeId: string): OpResult {
  const index = doc.nodes.findIndex((node) => node.id === nodeId);
  const node = doc.nodes[index];
  if (node === undefined) return refused({ code: 'node_missing', nodeId });
  const edges: FlowEdge[] = [];
  const restore: FlowOp[] = [{ type: 'addNode', node, index }];
  doc.edges.forEach((edge, at) => {
    // Put back in ascending order, so each edge's old index is right at the moment it returns.
    if (edge.from.node === nodeId || edge.to.node === nodeId) restore.push({ type: 'addEdge', edge, index: at });
    else edges.push(edge);
  });
  const ungrouped = withoutNode(doc, nodeId);
  restore.push(...ungrouped.restore);
  const [first] = restore;
  const inverse: FlowOp = restore.length === 1 && first !== undefined ? first : { type: 'batch', ops: restore };
  return done({ ...ungrouped.doc, nodes: doc.nodes.filter((other) => other.id !== nodeId), edges }, inverse);
}

function moveNodes(doc: FlowDocument, positions: Extract<FlowOp, { type: 'moveNodes' }>['positions']): OpResult {
  const wanted = new Map(Object.entries(positions));
  const before: typeof positions = {};
  for (const [nodeId, position] of wanted) {
    if (!positionSchema.safeParse(position).success) return refused({ code: 'invalid', nodeId });
  }
  const nodes = doc.nodes.map((node) => {
    const position = wanted.get(node.id);
    if (position === undefined) return node;
    before[node.id] = node.position;
    wanted.delete(node.id);
    return { ...node, position };
  });
  const [missing] = wanted.keys();
  if (missing !== undefined) return refused({ code: 'node_missing', nodeId: missing });
  return done({ ...doc, nodes }, { type: 'moveNodes', positions: before });
}

function changeNode(
  doc: FlowDocument,
  nodeId: string,
  change: (node: FlowNode) => { node: FlowNode; inverse: FlowOp },
): OpResult {
  const index = doc.nodes.findIndex((node) => node.id === nodeId);
  const before = doc.nodes[index];
  if (before === undefined) return refused({ code: 'node_missing', nodeId });
  const { node, inverse } = change(before);
  if (!flowNodeSchema.safeParse(node).success) return refused({ code: 'invalid', nodeId });
  return done({ ...doc, nodes: doc.nodes.with(index, node) }, inverse);
}

function withPolicy(node: FlowNode, policy: NodePolicy | null): FlowNode {
  if (policy !== null) return { ...node, policy };
  const { policy: _gone, ...rest } = node;
  return rest;
}

function addEdge(doc: FlowDocument, edge: FlowEdge, index = doc.edges.length): OpResult {
  if (doc.edges.some((other) => other.id === edge.id)) return refused({ code: 'edge_exists', edgeId: edge.id });
  if (!isPosition(index, doc.edges.length)) return refused({ code: 'index_out_of_range', edgeId: edge.id });
  if (doc.edges.length >= MAX_EDGES) return refused({ code: 'too_many', edgeId: edge.id });
  if (!flowEdgeSchema.safeParse(edge).success) return refused({ code: 'invalid', edgeId: edge.id });
  const ids = new Set(doc.nodes.map((node) => node.id));
  if (!ids.has(edge.from.node) || !ids.has(edge.to.node)) return refused({ code: 'end_missing', edgeId: edge.id });
  return done({ ...doc, edges: inserted(doc.edges, edge, index) }, { type: 'removeEdge', edgeId: edge.id });
}

function removeEdge(doc: FlowDocument, edgeId: string): OpResult {
  const index = doc.edges.findIndex((edge) => edge.id === edgeId);
  const edge = doc.edges[index];
  if (edge === undefined) return refused({ code: 'edge_missing', edgeId });
  return done({ ...doc, edges: doc.edges.toSpliced(index, 1) }, { type: 'addEdge', edge, index });
}

function replace(doc: FlowDocument, next: FlowDocument): OpResult {
  if (!flowDocumentSchema.safeParse(next).success || structuralFault(next) !== null) return refused({ code: 'invalid' });
  const stranger = next.nodes.find((node) => !isKnownKind(node.kind, node.kindVersion));
  if (stranger !== undefined) return refused({ code: 'unknown_kind', nodeId: stranger.id });
  return done(next, { type: 'replace', doc });
}

/** All or nothing. */
function batch(doc: FlowDocument, ops: FlowOp[]): OpResult {
  let current = doc;
  const inverses: FlowOp[] = [];
  for (const op of ops) {
    const result = applyOp(current, op);
    if (!result.ok) return result;
    current = result.doc;
    inverses.unshift(result.inverse);
  }
  return done(current, { type: 'batch', ops: inverses });
}

function isPosition(index: number, length: number): boolean {
  return Number.isInteger(index) && index >= 0 && index <= length;
}

function inserted<T>(list: readonly T[], item: T, index: number): T[] {
  return list.toSpliced(index, 0, item);
}
