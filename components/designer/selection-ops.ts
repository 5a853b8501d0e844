import type { FlowDocument } from '#engine/flow/document.ts';
import type { FlowOp } from '#engine/flow/ops.ts';

/** One operation that removes the selected edges, nodes, and the edges of those nodes. Null: nothing is selected. */
export function removeSelection(doc: FlowDocument, nodes: readonly string[], edges: readonly string[]): FlowOp | null {
  const gone = new Set(nodes);
  const edgeIds = new Set(edges);
  for (const edge of doc.edges) if (gone.has(edge.from.node) || gone.has(edge.to.node)) edgeIds.add(edge.id);
  const ops: FlowOp[] = [
    ...[...edgeIds].map((edgeId) => ({ type: 'removeEdge' as const, edgeId })),
    ...nodes.map((nodeId) => ({ type: 'removeNode' as const, nodeId })),
  ];
  return ops.length === 0 ? null : { type: 'batch', ops };
}
