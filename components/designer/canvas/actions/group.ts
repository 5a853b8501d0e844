import { type FlowDocument, type FlowGroup, newId } from '#engine/flow/document.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import type { DesignerStore } from '../../store.ts';

/** One operation that makes the nodes a group; those of other groups leave them. */
export function planGroup(doc: FlowDocument, group: FlowGroup): FlowOp {
  const moved = new Set(group.nodes);
  const ops: FlowOp[] = [];
  for (const other of doc.groups ?? []) {
    const left = other.nodes.filter((id) => !moved.has(id));
    if (left.length === other.nodes.length) continue;
    ops.push(left.length === 0 ? { type: 'removeGroup', groupId: other.id } : { type: 'setGroup', group: { ...other, nodes: left } });
  }
  return { type: 'batch', ops: [...ops, { type: 'addGroup', group }] };
}

/** Puts the selected nodes into a new group of that title. Gives its id; null: nothing is selected or it may not be edited. */
export function group(store: DesignerStore, label: string): string | null {
  const { doc, selectedNodes, apply } = store.getState();
  if (selectedNodes.length === 0) return null;
  const made: FlowGroup = { id: newId('group'), label, colour: 'grey', folded: false, nodes: [...selectedNodes] };
  return apply(planGroup(doc, made)) ? made.id : null;
}

/** Takes away every group that holds a selected node; the nodes stay. */
export function ungroup(store: DesignerStore): boolean {
  const { doc, selectedNodes, apply } = store.getState();
  const selected = new Set(selectedNodes);
  const ops = (doc.groups ?? []).filter(({ nodes }) => nodes.some((id) => selected.has(id))).map(({ id }): FlowOp => ({ type: 'removeGroup', groupId: id }));
  return ops.length > 0 && apply({ type: 'batch', ops });
}

export function removeGroup(store: DesignerStore, groupId: string): boolean {
  return store.getState().apply({ type: 'removeGroup', groupId });
}

/** Changes title, colour or fold of a group; typing a title is one step of undo. */
export function changeGroup(store: DesignerStore, groupId: string, change: Partial<Pick<FlowGroup, 'label' | 'colour' | 'folded'>>): boolean {
  const { doc, apply } = store.getState();
  const known = doc.groups?.find(({ id }) => id === groupId);
  if (known === undefined) return false;
  return apply({ type: 'setGroup', group: { ...known, ...change } }, 'label' in change ? `group:${groupId}` : undefined);
}

/** Folds the groups of the selection, or unfolds them if all are folded. False: no selected node is in a group. */
export function toggleFold(store: DesignerStore): boolean {
  const { doc, selectedNodes, apply } = store.getState();
  const selected = new Set(selectedNodes);
  const groups = (doc.groups ?? []).filter(({ nodes }) => nodes.some((id) => selected.has(id)));
  const folded = groups.some((one) => !one.folded);
  return groups.length > 0 && apply({ type: 'batch', ops: groups.map((one) => ({ type: 'setGroup', group: { ...one, folded } })) });
}

/** The one group whose nodes are exactly the selected ones. */
export function selectedGroup(doc: FlowDocument, selectedNodes: readonly string[]): FlowGroup | undefined {
  if (doc.groups === undefined || selectedNodes.length === 0) return undefined;
  const selected = new Set(selectedNodes);
  return doc.groups.find(({ nodes }) => nodes.length === selected.size && nodes.every((id) => selected.has(id)));
}

/** Unfolds the group a node is hidden in. False: it was in sight, or the flow may not be edited. */
export function bringToSight(store: DesignerStore, nodeId: string): boolean {
  const { doc, apply } = store.getState();
  const hiding = doc.groups?.find(({ folded, nodes }) => folded && nodes.includes(nodeId));
  return hiding !== undefined && apply({ type: 'setGroup', group: { ...hiding, folded: false } });
}
