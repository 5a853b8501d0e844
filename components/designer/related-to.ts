import type { FlowDocument } from '#engine/flow/document.ts';
import { indexOf } from './doc-index.ts';

/** The nodes themselves and everything that leads to them, or follows from them. */
export function relatedTo(doc: FlowDocument, nodeIds: readonly string[], way: 'before' | 'after'): string[] {
  const index = indexOf(doc);
  const seen = new Set<string>();
  const open = [...nodeIds];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(way === 'before' ? index.incoming(id).map(({ from }) => from.node) : index.outgoing(id).map(({ to }) => to.node)));
  }
  return [...seen];
}
