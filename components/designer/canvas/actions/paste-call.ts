import type { Position } from '#engine/flow/document.ts';
import { indexOf } from '../../doc-index.ts';
import type { DesignerStore } from '../../store.ts';
import { type CallPlan, type CallTarget, planCall } from './plan-call.ts';
import { readCall } from './read-call.ts';

interface Around extends Pick<CallTarget, 'connections' | 'labels'> {
  at?: Position;
}

/** Adds the call that a pasted curl command shows, behind the selected node. Null: the text shows none, or the flow has no room for it. */
export function pasteCall(store: DesignerStore, text: string, { at, connections, labels }: Around): CallPlan | null {
  const call = readCall(text);
  if (call === null) return null;
  const { doc, selectedNodes, apply, select } = store.getState();
  const after = selectedNodes.length === 1 ? indexOf(doc).node(selectedNodes[0] ?? '') : undefined;
  const plan = planCall(doc, call, { after, at, connections, labels });
  if (plan === null || !apply(plan.op)) return null;
  select([plan.nodeId]);
  return plan;
}
