import type { FlowDocument } from '#engine/flow/document.ts';
import type { FlowView } from '#server/views/flow.ts';
import { judgeSession, loadSession } from './persistence.ts';
import { createDesignerStore, type DesignerInit, type DesignerStore, type DesignerView } from './store.ts';

interface OpenOptions {
  flow: FlowView;
  doc: FlowDocument;
  readOnly: boolean;
  selectedNodes: readonly string[];
  view: DesignerView;
}

/** The store for a flow just loaded, with the undo stack and unsaved edits that this tab kept from before a reload. */
export function openStore({ flow, doc, readOnly, selectedNodes, view }: OpenOptions): DesignerStore {
  const { draft } = flow;
  const init: DesignerInit = {
    flowId: flow.id,
    retailerId: flow.retailerId,
    readOnly,
    doc,
    revision: draft.revision,
    savedAt: draft.updatedAt,
    endpoints: flow.endpoints,
    view,
    selectedNodes: selectedNodes.filter((id) => doc.nodes.some((node) => node.id === id)),
  };
  const kept = readOnly ? ({ type: 'nothing' } as const) : judgeSession(loadSession(flow.id), { revision: draft.revision, doc });
  if (kept.type === 'nothing') return createDesignerStore(init);
  const { session } = kept;
  const resumed: DesignerInit = { ...init, doc: session.doc, history: session.history, unsaved: session.unsaved };
  if (kept.type === 'resume') return createDesignerStore(resumed);
  return createDesignerStore({
    ...resumed,
    revision: session.revision,
    conflict: { revision: draft.revision, docText: draft.docText, updatedByName: draft.updatedByName },
  });
}
