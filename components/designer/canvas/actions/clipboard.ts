import type { DesignerStore } from '../../store.ts';
import { removeSelection } from '../../selection-ops.ts';
import { type Clip, makeClip, readClip, type Surroundings, textOfClip } from './clip.ts';
import { type PastePlan, planPaste } from './plan-paste.ts';
import type { Position } from '#engine/flow/document.ts';

/** Where the browser forbids the clipboard, copies still reach the other flows of this tab. */
let tabClip: string | null = null;

/** JSON text of the selected nodes. Null: none is selected. */
export function clipText(store: DesignerStore, around: Surroundings): string | null {
  const { doc, selectedNodes } = store.getState();
  const clip = makeClip(doc, selectedNodes, around);
  if (clip === null) return null;
  tabClip = textOfClip(clip);
  return tabClip;
}

/** Copies the selection; gives how many nodes. */
export async function copy(store: DesignerStore, around: Surroundings): Promise<number> {
  const text = clipText(store, around);
  if (text === null) return 0;
  const count = store.getState().selectedNodes.length;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Forbidden, or a page without TLS: the tab's own copy serves.
  }
  return count;
}

/** Copies the selection and takes it away. */
export async function cut(store: DesignerStore, around: Surroundings): Promise<number> {
  const count = await copy(store, around);
  return count > 0 && removeSelected(store) ? count : 0;
}

/** What the clipboard holds. Null: the browser does not let it be read (it was forbidden, or the page has no TLS). */
export async function clipboardText(): Promise<string | null> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return null;
  }
}

/** Pastes what the clipboard holds, else what this tab copied last. Null: there is nothing of a flow in it. */
export async function paste(store: DesignerStore, around: Surroundings, at?: Position): Promise<PastePlan | null> {
  const text = await clipboardText();
  const clip = (text === null ? null : readClip(text)) ?? (tabClip === null ? null : readClip(tabClip));
  return clip === null ? null : pasteClip(store, clip, { ...around, at });
}

/** Pastes text that a paste brought along. Null: it is nothing of a flow. */
export function pasteText(store: DesignerStore, text: string, target: Surroundings & { at?: Position }): PastePlan | null {
  const clip = readClip(text);
  return clip === null ? null : pasteClip(store, clip, target);
}

function pasteClip(store: DesignerStore, clip: Clip, target: Surroundings & { at?: Position }): PastePlan | null {
  const { doc, apply, select } = store.getState();
  const plan = planPaste(doc, clip, target);
  if (!apply(plan.op)) return null;
  select(plan.nodeIds);
  return plan;
}

/** A second one of everything selected, with what joins and groups it. False: nothing is selected. */
export function duplicate(store: DesignerStore): boolean {
  const { doc, selectedNodes, flowId, retailerId } = store.getState();
  const here: Surroundings = { flowId, retailerId, connections: [], flows: [] };
  const ids = new Set(selectedNodes);
  if (ids.size === 0) return false;
  // Nothing leaves the flow, so nothing is taken out of the settings either.
  const whole: Clip = {
    ...here,
    format: 'flow-part',
    version: 1,
    connections: [],
    flows: [],
    nodes: doc.nodes.filter(({ id }) => ids.has(id)),
    edges: doc.edges.filter(({ from, to }) => ids.has(from.node) && ids.has(to.node)),
    groups: (doc.groups ?? []).filter(({ nodes }) => nodes.every((id) => ids.has(id))),
  };
  return pasteClip(store, whole, here) !== null;
}

/** Takes the selection away. False: nothing is selected, or the flow may not be edited. */
export function removeSelected(store: DesignerStore): boolean {
  const { doc, selectedNodes, selectedEdges, apply } = store.getState();
  const op = removeSelection(doc, selectedNodes, selectedEdges);
  return op !== null && apply(op);
}
