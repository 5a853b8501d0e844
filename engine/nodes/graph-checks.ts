import type { FlowDocument } from '../flow/document.ts';
import type { NodeCheckScope } from './node-kind.ts';

/** Kinds that read pages. Named here because a check cannot look into the registry that it is part of. */
const PAGED: ReadonlySet<string> = new Set(['http-pages', 'poll-trigger']);

/** Whether records reach the checked node from a paged source. */
export function hasPagedSourceBefore({ doc, node }: NodeCheckScope): boolean {
  const before = nodesBefore(doc, node.id);
  return doc.nodes.some(({ id, kind }) => before.has(id) && PAGED.has(kind));
}

/** Kinds of the triggers that lead to the checked node. */
export function triggersBefore({ doc, node }: NodeCheckScope): Set<string> {
  const before = nodesBefore(doc, node.id);
  return new Set(doc.nodes.flatMap(({ id, kind }) => (before.has(id) && kind.endsWith('-trigger') ? [kind] : [])));
}

/** Ids of the nodes from which the given one can be reached, without itself (unless it is in a circle). */
function nodesBefore({ edges }: Pick<FlowDocument, 'edges'>, nodeId: string): Set<string> {
  const sources = Map.groupBy(edges, ({ to }) => to.node);
  const seen = new Set<string>();
  const open = [nodeId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { from } of sources.get(id) ?? []) {
      if (seen.has(from.node)) continue;
      seen.add(from.node);
      open.push(from.node);
    }
  }
  return seen;
}
