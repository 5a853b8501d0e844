import type { FlowDocument, FlowEdge } from './document.ts';

/** Node ids that can be reached from the given ones along edges, themselves included. */
export function reachableFrom(doc: Pick<FlowDocument, 'edges'>, starts: Iterable<string>): Set<string> {
  const next = outgoing(doc.edges);
  const seen = new Set(starts);
  for (const id of seen) for (const edge of next.get(id) ?? []) seen.add(edge.to.node);
  return seen;
}

/** Edges by the node they leave. */
export function outgoing(edges: readonly FlowEdge[]): Map<string, FlowEdge[]> {
  return Map.groupBy(edges, (edge) => edge.from.node);
}

/**
 * Node ids so that every edge leads forward; nodes on equal footing stay in the document's order. Nodes of a cycle, and
 * those behind one, are left out of `order` and named in `stuck`.
 */
export function topologicalOrder(doc: Pick<FlowDocument, 'nodes' | 'edges'>): { order: string[]; stuck: string[] } {
  const waiting = new Map(doc.nodes.map(({ id }) => [id, 0]));
  for (const { to } of doc.edges) waiting.set(to.node, (waiting.get(to.node) ?? 0) + 1);
  const next = outgoing(doc.edges);
  const order = doc.nodes.filter(({ id }) => waiting.get(id) === 0).map(({ id }) => id);
  for (const id of order) {
    for (const { to } of next.get(id) ?? []) {
      const left = (waiting.get(to.node) ?? 0) - 1;
      waiting.set(to.node, left);
      if (left === 0) order.push(to.node);
    }
  }
  const done = new Set(order);
  return { order, stuck: doc.nodes.map(({ id }) => id).filter((id) => !done.has(id)) };
}
