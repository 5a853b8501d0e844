import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '#engine/flow/document.ts';
import { flowOf } from '#engine/flow/testing/flow-builder.ts';
import { createDesignerStore } from '../../store.ts';
import { pasteEvent } from './paste-event.ts';

const EVENT = '{"id":731902664518830417}';

function storeOf(doc: FlowDocument, selectedNodes: string[] = []) {
  return createDesignerStore({ flowId: 'f', retailerId: 'r', readOnly: false, doc, revision: 1, savedAt: null, endpoints: [], selectedNodes }, () => 0);
}

describe('a pasted event', () => {
  it('becomes the sample of the only trigger, as it is written, and undo takes it back', () => {
    const store = storeOf(flowOf({ start: { kind: 'webhook-trigger' }, shape: { kind: 'map' } }, ['start->shape']), ['shape']);
    expect(pasteEvent(store, EVENT)).toBe(store.getState().doc.nodes[0]?.label);
    expect(store.getState().doc.nodes[0]?.config['sampleBody']).toBe(EVENT);
    expect(store.getState().sampleId).toBe('pasted:start');
    store.getState().undo();
    expect(store.getState().doc.nodes[0]?.config['sampleBody']).toBeUndefined();
  });

  it('lasts until the page is left where the trigger keeps none', () => {
    const store = storeOf(flowOf({ start: { kind: 'schedule-trigger' } }, []));
    const before = store.getState().doc;
    expect(pasteEvent(store, EVENT)).not.toBeNull();
    expect(store.getState().typedSample).toEqual({ triggerId: 'start', bodyText: EVENT });
    expect(store.getState().doc).toBe(before);
  });

  it('goes to the selected one of several triggers, and to none where it is not clear which is meant', () => {
    const two = flowOf({ one: { kind: 'webhook-trigger' }, other: { kind: 'webhook-trigger' } }, []);
    expect(pasteEvent(storeOf(two), EVENT)).toBeNull();
    const store = storeOf(two, ['other']);
    expect(pasteEvent(store, EVENT)).not.toBeNull();
    expect(store.getState().doc.nodes.map(({ config }) => config['sampleBody'])).toEqual([undefined, EVENT]);
  });

  it.each(['', 'some words', '42', '{"id":', '"text"'])('is not: %s', (text) => {
    expect(pasteEvent(storeOf(flowOf({ start: { kind: 'webhook-trigger' } }, [])), text)).toBeNull();
  });
});
