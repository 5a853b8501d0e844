import type { FlowDocument, FlowEdge, FlowNode } from '#engine/flow/document.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import { indexOf } from '../doc-index.ts';

/** The part of a flow that leads to a node: what decides which records arrive there. */
export interface Way {
  nodeId: string;
  /** Every node before this one. */
  nodes: ReadonlyMap<string, FlowNode>;
  /** Edges by the node they arrive at, this one's among them. */
  incoming: ReadonlyMap<string, readonly FlowEdge[]>;
  /** Triggers that lead here, or the node itself if it is one; in the order of the document. */
  triggers: readonly FlowNode[];
}

const known = new Map<string, Way>();
const byDocument = new WeakMap<FlowDocument, Map<string, Way>>();
const MOST_KNOWN = 500;

/**
 * The way to a node. The same object comes back as long as nothing on it changed, so that what was computed for it stays: an edit
 * of the node itself, or of one behind it, changes nothing that arrives. Moving a node makes a new one and counts as no change.
 */
export function wayTo(doc: FlowDocument, nodeId: string): Way {
  const ways = byDocument.get(doc) ?? new Map<string, Way>();
  byDocument.set(doc, ways);
  const ready = ways.get(nodeId);
  if (ready !== undefined) return ready;
  const made = makeWay(doc, nodeId);
  const before = known.get(nodeId);
  const way = before !== undefined && sameWay(before, made) ? before : made;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(nodeId, way);
  ways.set(nodeId, way);
  return way;
}

function makeWay(doc: FlowDocument, nodeId: string): Way {
  const index = indexOf(doc);
  const nodes = new Map<string, FlowNode>();
  const incoming = new Map<string, readonly FlowEdge[]>();
  const seen = new Set([nodeId]);
  for (const id of seen) {
    const edges = index.incoming(id);
    incoming.set(id, edges);
    for (const { from } of edges) {
      const node = index.node(from.node);
      if (node === undefined) continue;
      nodes.set(from.node, node);
      seen.add(from.node);
    }
  }
  const triggers = doc.nodes.filter(({ id, kind }) => seen.has(id) && findNodeKind(kind)?.group === 'trigger');
  return { nodeId, nodes, incoming, triggers };
}

function sameWay(a: Way, b: Way): boolean {
  if (a.nodes.size !== b.nodes.size || a.triggers.length !== b.triggers.length) return false;
  for (const [id, node] of b.nodes) {
    const other = a.nodes.get(id);
    if (other === undefined || other.kind !== node.kind || other.config !== node.config) return false;
  }
  // A trigger's own sample is what is asked for; its configuration is compared above only where it leads somewhere.
  if (a.triggers.some((node, at) => node.id !== b.triggers[at]?.id || node.config !== b.triggers[at]?.config)) return false;
  for (const [id, edges] of b.incoming) {
    const other = a.incoming.get(id);
    if (other === undefined || other.length !== edges.length || other.some((edge, at) => edge !== edges[at])) return false;
  }
  return true;
}
