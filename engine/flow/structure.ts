import type { FlowDocument } from './document.ts';

export interface StructuralFault {
  reason: 'duplicate_node' | 'duplicate_edge' | 'dangling_edge';
  id: string;
}

/** What no editor may ever produce: ids used twice, edges to nodes that are not there. */
export function structuralFault(doc: FlowDocument): StructuralFault | null {
  const nodes = new Set<string>();
  for (const { id } of doc.nodes) {
    if (nodes.has(id)) return { reason: 'duplicate_node', id };
    nodes.add(id);
  }
  const edges = new Set<string>();
  for (const { id, from, to } of doc.edges) {
    if (edges.has(id)) return { reason: 'duplicate_edge', id };
    edges.add(id);
    if (!nodes.has(from.node) || !nodes.has(to.node)) return { reason: 'dangling_edge', id };
  }
  return null;
}
