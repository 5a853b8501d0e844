import type { FlowDocument } from './document.ts';

export interface StructuralFault {
  reason: 'duplicate_node' | 'duplicate_edge' | 'dangling_edge' | 'duplicate_group' | 'dangling_group' | 'grouped_twice';
  id: string;
}

/** What no editor may ever produce: ids used twice, edges or groups of nodes that are not there, nodes in two groups. */
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
  return groupFault(doc, nodes);
}

function groupFault(doc: FlowDocument, nodes: ReadonlySet<string>): StructuralFault | null {
  const groups = new Set<string>();
  const grouped = new Set<string>();
  for (const group of doc.groups ?? []) {
    if (groups.has(group.id)) return { reason: 'duplicate_group', id: group.id };
    groups.add(group.id);
    for (const id of group.nodes) {
      if (!nodes.has(id)) return { reason: 'dangling_group', id: group.id };
      if (grouped.has(id)) return { reason: 'grouped_twice', id };
      grouped.add(id);
    }
  }
  return null;
}
