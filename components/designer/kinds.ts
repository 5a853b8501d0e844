import type { NodeGroup } from '#engine/nodes/node-kind.ts';
import { nodeKinds } from '#engine/nodes/registry.ts';

/** What lists of node kinds (palette, quick add) show. */
export interface ListedKind {
  kind: string;
  group: NodeGroup;
  icon: string;
}

export const GROUPS: readonly NodeGroup[] = ['trigger', 'transform', 'logic', 'action', 'annotation'];

/** All node kinds in the registry's order. */
export function nodeKindList(): ListedKind[] {
  return nodeKinds.map(({ kind, group, icon }) => ({ kind, group, icon }));
}
