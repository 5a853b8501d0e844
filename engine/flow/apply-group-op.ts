import { MAX_GROUPS, flowGroupSchema, type FlowDocument, type FlowGroup } from './document.ts';
import type { FlowOp, OpRefusal, OpResult } from './ops.ts';

/** Adds a group; its nodes must be there and in no other group. */
export function addGroup(doc: FlowDocument, group: FlowGroup, index = doc.groups?.length ?? 0): OpResult {
  const groups = doc.groups ?? [];
  const groupId = group.id;
  if (groups.some(({ id }) => id === groupId)) return refused({ code: 'group_exists', groupId });
  if (!Number.isInteger(index) || index < 0 || index > groups.length) return refused({ code: 'index_out_of_range', groupId });
  if (groups.length >= MAX_GROUPS) return refused({ code: 'too_many', groupId });
  const fault = faultOf(doc, group);
  if (fault !== null) return refused(fault);
  return { ok: true, doc: withGroups(doc, groups.toSpliced(index, 0, group)), inverse: { type: 'removeGroup', groupId } };
}

/** Takes a group away; its nodes stay. */
export function removeGroup(doc: FlowDocument, groupId: string): OpResult {
  const groups = doc.groups ?? [];
  const index = groups.findIndex(({ id }) => id === groupId);
  const group = groups[index];
  if (group === undefined) return refused({ code: 'group_missing', groupId });
  return { ok: true, doc: withGroups(doc, groups.toSpliced(index, 1)), inverse: { type: 'addGroup', group, index } };
}

/** Puts a group in the place of the one with its id. */
export function setGroup(doc: FlowDocument, group: FlowGroup): OpResult {
  const groups = doc.groups ?? [];
  const index = groups.findIndex(({ id }) => id === group.id);
  const before = groups[index];
  if (before === undefined) return refused({ code: 'group_missing', groupId: group.id });
  const fault = faultOf(doc, group);
  if (fault !== null) return refused(fault);
  return { ok: true, doc: withGroups(doc, groups.with(index, group)), inverse: { type: 'setGroup', group: before } };
}

/** The document when a node leaves it: out of its group, and a group that held nothing else goes too. `restore` brings both back. */
export function withoutNode(doc: FlowDocument, nodeId: string): { doc: FlowDocument; restore: FlowOp[] } {
  const groups = doc.groups ?? [];
  const index = groups.findIndex(({ nodes }) => nodes.includes(nodeId));
  const group = groups[index];
  if (group === undefined) return { doc, restore: [] };
  const nodes = group.nodes.filter((id) => id !== nodeId);
  if (nodes.length === 0) return { doc: withGroups(doc, groups.toSpliced(index, 1)), restore: [{ type: 'addGroup', group, index }] };
  return { doc: withGroups(doc, groups.with(index, { ...group, nodes })), restore: [{ type: 'setGroup', group }] };
}

/** Without any group the field goes too, so that an undone document is the one it was, to the letter. */
function withGroups(doc: FlowDocument, groups: FlowGroup[]): FlowDocument {
  if (groups.length > 0) return { ...doc, groups };
  const { groups: _none, ...rest } = doc;
  return rest;
}

function faultOf(doc: FlowDocument, group: FlowGroup): OpRefusal | null {
  const groupId = group.id;
  if (!flowGroupSchema.safeParse(group).success || new Set(group.nodes).size !== group.nodes.length) return { code: 'invalid', groupId };
  const known = new Set(doc.nodes.map(({ id }) => id));
  const missing = group.nodes.find((id) => !known.has(id));
  if (missing !== undefined) return { code: 'node_missing', nodeId: missing, groupId };
  const own = new Set(group.nodes);
  for (const other of doc.groups ?? []) {
    const twice = other.id === groupId ? undefined : other.nodes.find((id) => own.has(id));
    if (twice !== undefined) return { code: 'grouped_already', nodeId: twice, groupId };
  }
  return null;
}

function refused(reason: OpRefusal): OpResult {
  return { ok: false, reason };
}
