import type { FlowDocument, FlowEdge, FlowNode } from '#engine/flow/document.ts';

/** Looks nodes and edges up by id; made once per document. */
export interface DocIndex {
  node(id: string): FlowNode | undefined;
  edge(id: string): FlowEdge | undefined;
  incoming(nodeId: string): readonly FlowEdge[];
  outgoing(nodeId: string): readonly FlowEdge[];
}

const cache = new WeakMap<FlowDocument, DocIndex>();
const NONE: readonly FlowEdge[] = [];

/** The index of a document; documents are never changed in place, so it is kept with the document. */
export function indexOf(doc: FlowDocument): DocIndex {
  const known = cache.get(doc);
  if (known !== undefined) return known;
  const nodes = new Map(doc.nodes.map((node) => [node.id, node]));
  const edges = new Map(doc.edges.map((edge) => [edge.id, edge]));
  const incoming = Map.groupBy(doc.edges, (edge) => edge.to.node);
  const outgoing = Map.groupBy(doc.edges, (edge) => edge.from.node);
  const index: DocIndex = {
    node: (id) => nodes.get(id),
    edge: (id) => edges.get(id),
    incoming: (id) => incoming.get(id) ?? NONE,
    outgoing: (id) => outgoing.get(id) ?? NONE,
  };
  cache.set(doc, index);
  return index;
}
