import { findNodeKind } from '../nodes/registry.ts';
import type { FlowDocument } from './document.ts';
import { reachableFrom, topologicalOrder } from './graph.ts';
import type { Problem } from './problem.ts';

/** A run turns the pages of one source; two behind the same trigger could not keep step with each other. */
export function checkSources(doc: FlowDocument): Problem[] {
  const kinds = new Map(doc.nodes.map(({ id, kind }) => [id, findNodeKind(kind)]));
  const paged = topologicalOrder(doc).order.filter((id) => kinds.get(id)?.nextPage !== undefined);
  const late = new Set<string>();
  for (const { id } of doc.nodes) {
    if (kinds.get(id)?.group !== 'trigger') continue;
    const reached = reachableFrom(doc, [id]);
    for (const source of paged.filter((node) => reached.has(node)).slice(1)) late.add(source);
  }
  return [...late].map((nodeId) => ({ code: 'two_paged_sources', severity: 'error', nodeId }));
}
