import { findNodeKind } from '../nodes/registry.ts';
import type { FlowDocument } from './document.ts';
import type { Problem } from './problem.ts';
import { tryRegions, type TryNode, type TryRegion } from './try-regions.ts';

/** Problems of try regions: those that could catch nothing, or where two would. */
export function checkTries(doc: FlowDocument): Problem[] {
  const tries = doc.nodes.flatMap(({ id, kind }): TryNode[] => {
    const catches = findNodeKind(kind)?.catches;
    return catches ? [{ id, ...catches }] : [];
  });
  const regions = tryRegions(doc.edges, tries);
  return tries.flatMap((one): Problem[] => {
    const region = regions.get(one.id);
    if (!region) return [];
    // What begins the body may not hear from those who deal with its failures: nothing would be left to catch.
    const feedsBack = doc.edges.some(({ from, to }) => from.node === one.id && from.port === one.body && region.handlers.has(to.node));
    if (feedsBack) return [{ code: 'try_feeds_back', severity: 'error', nodeId: one.id }];
    const overlaps = [...regions].some(([id, other]) => id < one.id && overlap({ id, region: other }, { id: one.id, region }));
    return overlaps ? [{ code: 'try_overlap', severity: 'error', nodeId: one.id }] : [];
  });
}

/** Two regions that share a node without one being inside the other: nobody could say which of them catches. */
function overlap(left: { id: string; region: TryRegion }, right: { id: string; region: TryRegion }): boolean {
  if (left.region.inside.has(right.id) || right.region.inside.has(left.id)) return false;
  return [...left.region.inside].some((node) => right.region.inside.has(node));
}
