import { kindOf, outputsOf } from '#components/canvas/kind-info.ts';
import type { FlowDocument, FlowEdge, FlowNode } from '#engine/flow/document.ts';
import { dominators } from './dominators.ts';

/**
 * The flow as a tree. A chain of steps is a list, one below the other; where a flow divides, each way is a branch of its own
 * below the step that divides it, and where ways come together again the flow goes on in the list of the step that divided it.
 * So every node has exactly one line of its own: where it is *owned* is the node that every path to it leads through (its
 * dominator). Every other edge that leads to it ends in a reference to that line.
 */
export type OutlineItem = OutlineNode | OutlineWay | OutlineReference;

export interface OutlineNode {
  type: 'node';
  key: string;
  node: FlowNode;
  /** The edge by which it follows the line before or the branch above; absent at the beginning of a list and where ways meet. */
  via: FlowEdge | null;
  /** Edges that come together here, when there are several. */
  joins: readonly FlowEdge[];
  children: OutlineItem[];
}

/** A branch: an output port, or one of several edges that leave the same port. */
export interface OutlineWay {
  type: 'way';
  key: string;
  node: FlowNode;
  port: string;
  /** One of several ways out of the same port, counted from 1. */
  nth: number | null;
  /** The edge it begins with; null: nothing follows yet. */
  edge: FlowEdge | null;
  children: OutlineItem[];
}

/** An edge to a node that has its line elsewhere. */
export interface OutlineReference {
  type: 'reference';
  key: string;
  node: FlowNode;
  edge: FlowEdge;
  children: readonly never[];
}

export interface Outline {
  /** Triggers and everything that follows; then what nothing leads to. */
  steps: OutlineItem[];
  notes: OutlineNode[];
}

/** The outline of any document, also of one with loose ends, circles or unknown kinds. */
export function outlineOf(doc: FlowDocument): Outline {
  const notes = doc.nodes.filter(isNote);
  const steps = doc.nodes.filter((node) => !isNote(node));
  const nodes = new Map(steps.map((node) => [node.id, node]));
  const edges = doc.edges.filter((edge) => nodes.has(edge.from.node) && nodes.has(edge.to.node) && edge.from.node !== edge.to.node);
  const leaving = Map.groupBy(edges, (edge) => edge.from.node);
  const arriving = Map.groupBy(edges, (edge) => edge.to.node);
  // Triggers first: whatever else has no beginning is unfinished business.
  const ordered = steps.toSorted((a, b) => Number(kindOf(a).group !== 'trigger') - Number(kindOf(b).group !== 'trigger'));
  const owner = dominators(ordered.map(({ id }) => id), (id) => (leaving.get(id) ?? []).map((edge) => edge.to.node));
  const ownedBy = Map.groupBy(owner.order, (id) => owner.of(id));
  const listed = new Set<string>();

  /** The list that begins with a node: what follows it in a line, and what its ways come together at. */
  function list(first: string, via: FlowEdge | null): OutlineItem[] {
    const items: OutlineItem[] = [];
    // Of a branching node, what its ways meet at goes on behind it; those wait here while a chain is followed.
    const waiting: { id: string; via: FlowEdge | null }[] = [{ id: first, via }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const node = nodes.get(next.id);
      if (node === undefined || listed.has(next.id)) continue;
      listed.add(next.id);
      const into = arriving.get(next.id) ?? [];
      const item: OutlineNode = { type: 'node', key: node.id, node, via: next.via, joins: into.length > 1 ? into : [], children: [] };
      items.push(item);
      const out = leaving.get(node.id) ?? [];
      const [only] = out;
      const owned = ownedBy.get(node.id) ?? [];
      if (out.length === 1 && only !== undefined) {
        if (owned.includes(only.to.node)) waiting.push({ id: only.to.node, via: only });
        else items.push(...reference(only));
      } else if (out.length > 1) {
        item.children = ways(node, out);
        waiting.push(...owned.toReversed().map((id) => ({ id, via: null })));
      }
    }
    return items;
  }

  function ways(node: FlowNode, out: readonly FlowEdge[]): OutlineItem[] {
    const ports = [...new Set([...outputsOf(node).map(({ id }) => id), ...out.map((edge) => edge.from.port)])];
    return ports.flatMap((port): OutlineItem[] => {
      const edgesOfPort = out.filter((edge) => edge.from.port === port);
      if (edgesOfPort.length === 0) return [{ type: 'way', key: `${node.id} ${port}`, node, port, nth: null, edge: null, children: [] }];
      return edgesOfPort.map((edge, at) => ({
        type: 'way',
        key: `${node.id} ${port} ${edge.id}`,
        node,
        port,
        nth: edgesOfPort.length > 1 ? at + 1 : null,
        edge,
        children: beginsHere(node, edge) ? list(edge.to.node, edge) : reference(edge),
      }));
    });
  }

  /** Only one edge leads to it, so it belongs to this way and not to where ways meet. */
  function beginsHere(node: FlowNode, edge: FlowEdge): boolean {
    return owner.of(edge.to.node) === node.id && (arriving.get(edge.to.node) ?? []).length === 1;
  }

  function reference(edge: FlowEdge): OutlineItem[] {
    const node = nodes.get(edge.to.node);
    return node === undefined ? [] : [{ type: 'reference', key: `> ${edge.id}`, node, edge, children: [] }];
  }

  return {
    steps: (ownedBy.get(null) ?? []).flatMap((id) => list(id, null)),
    notes: notes.map((node) => ({ type: 'node', key: node.id, node, via: null, joins: [], children: [] })),
  };
}

function isNote(node: FlowNode): boolean {
  return kindOf(node).group === 'annotation' && outputsOf(node).length === 0 && node.kind === 'note';
}
