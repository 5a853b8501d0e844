import type { FlowDocument, FlowNode } from '#engine/flow/document.ts';
import { stringifyJson, type Json } from '#engine/flow/json.ts';

/** What differs between two drafts, in words a person can choose by. Counts of nodes by label. */
export interface DocumentDiff {
  added: string[];
  removed: string[];
  changed: string[];
  moved: number;
  edgesAdded: number;
  edgesRemoved: number;
  settings: boolean;
  /** Groups of nodes were made, changed or taken away. */
  groups: boolean;
}

/** Compares `theirs` with `mine`: `added` is in theirs only. */
export function diffDocuments(mine: FlowDocument, theirs: FlowDocument): DocumentDiff {
  const mineById = new Map(mine.nodes.map((node) => [node.id, node]));
  const theirIds = new Set(theirs.nodes.map((node) => node.id));
  const diff: DocumentDiff = { added: [], removed: [], changed: [], moved: 0, edgesAdded: 0, edgesRemoved: 0, settings: false, groups: false };
  for (const node of theirs.nodes) {
    const own = mineById.get(node.id);
    if (own === undefined) diff.added.push(node.label);
    else if (contentOf(own) !== contentOf(node)) diff.changed.push(node.label);
    else if (own.position.x !== node.position.x || own.position.y !== node.position.y) diff.moved += 1;
  }
  for (const node of mine.nodes) if (!theirIds.has(node.id)) diff.removed.push(node.label);
  const mineEdges = new Set(mine.edges.map((edge) => edge.id));
  const theirEdges = new Set(theirs.edges.map((edge) => edge.id));
  diff.edgesAdded = [...theirEdges].filter((id) => !mineEdges.has(id)).length;
  diff.edgesRemoved = [...mineEdges].filter((id) => !theirEdges.has(id)).length;
  diff.settings = stringifyJson(settingsOf(mine)) !== stringifyJson(settingsOf(theirs));
  diff.groups = groupsOf(mine) !== groupsOf(theirs);
  return diff;
}

/** Nothing but the place of nodes on the canvas differs, or nothing at all. */
export function sameContent(diff: DocumentDiff): boolean {
  return diff.added.length + diff.removed.length + diff.changed.length + diff.edgesAdded + diff.edgesRemoved === 0 && !diff.settings && !diff.groups;
}

function groupsOf(doc: FlowDocument): string {
  return JSON.stringify(doc.groups ?? []);
}

function contentOf(node: FlowNode): string {
  const { kind, kindVersion, label, config, policy } = node;
  return stringifyJson([kind, kindVersion, label, config, policy === undefined ? null : { ...policy, failures: policy.failures.map((rule) => ({ ...rule })) }]);
}

function settingsOf(doc: FlowDocument): Json {
  const { orderingKey, businessKeys, retry, concurrency, priority = null } = doc.settings;
  return { orderingKey, businessKeys: businessKeys.map(({ label, path }) => ({ label, path })), retry: { ...retry }, concurrency, priority };
}
