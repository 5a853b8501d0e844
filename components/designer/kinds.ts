import type { NodeGroup } from '#engine/nodes/node-kind.ts';
import { nodeKinds } from '#engine/nodes/registry.ts';

/** What lists of node kinds (palette, quick add) show. */
export interface ListedKind {
  kind: string;
  group: NodeGroup;
  icon: string;
}

export const GROUPS: readonly NodeGroup[] = ['trigger', 'action', 'transform', 'logic', 'data', 'timing', 'failure', 'annotation'];

/** All node kinds in the registry's order. */
export function nodeKindList(): ListedKind[] {
  return nodeKinds.map(({ kind, group, icon }) => ({ kind, group, icon }));
}
