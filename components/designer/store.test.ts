import { describe, expect, it } from 'vitest';
import { emptyDocument, type FlowDocument } from '#engine/flow/document.ts';
import { newNode } from './new-node.ts';
import { createDesignerStore } from './store.ts';

function docWith(label: string): FlowDocument {
  const node = newNode(emptyDocument(), 'manual-trigger', label);
  return { ...emptyDocument(), nodes: node === undefined ? [] : [node] };
}

function storeOf(doc: FlowDocument) {
  return createDesignerStore({ flowId: 'f', retailerId: 'r', readOnly: false, doc, revision: 1, savedAt: null, endpoints: [] }, () => 0);
}

describe('two drafts of one flow', () => {
  const theirs = docWith('theirs');
  it('gives back mine when theirs was taken', () => {
    const mine = docWith('mine');
    const store = storeOf(mine);
    store.getState().adopt({ doc: theirs, revision: 2, savedAt: null });
    expect(store.getState()).toMatchObject({ doc: theirs, save: { status: 'saved', revision: 2 } });
    store.getState().undo();
    expect(store.getState().doc).toEqual(mine);
    store.getState().redo();
    expect(store.getState().doc).toEqual(theirs);
  });

  it('gives theirs when mine was kept, and then what mine was before', () => {
    const store = storeOf(emptyDocument());
    const [node] = docWith('mine').nodes;
    if (node === undefined) throw new Error('no node');
    store.getState().apply({ type: 'addNode', node });
    store.getState().select([node.id]);
    const mine = store.getState().doc;
    store.getState().outdo(theirs);
    expect(store.getState()).toMatchObject({ doc: mine, selectedNodes: [node.id] });
    store.getState().undo();
    expect(store.getState().doc).toEqual(theirs);
    store.getState().undo();
    expect(store.getState().doc).toEqual(mine);
    store.getState().undo();
    expect(store.getState().doc).toEqual(emptyDocument());
  });
});
