import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument, type FlowDocument, type FlowNode } from '#engine/flow/document.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import { closeGesture, edit, emptyHistory, redo, undo, type EditResult, type History } from './history.ts';

interface Open {
  doc: FlowDocument;
  history: History;
}

const note = (id: string, text = ''): FlowNode => ({ id, kind: 'note', kindVersion: 1, label: id, position: { x: 0, y: 0 }, config: { text } });

function taken(result: EditResult | undefined): Open {
  if (result === undefined || !result.ok) throw new Error('refused');
  return result;
}

function doEdit(open: Open, op: FlowOp, change: { mark?: string; at?: number } = {}): Open {
  return taken(edit(open.doc, open.history, { op, at: 0, ...change }));
}

const start = (): Open => ({ doc: { ...emptyDocument(), nodes: [note('a'), note('b')] }, history: emptyHistory() });
const type = (open: Open, text: string, change: { mark?: string; at?: number }) => doEdit(open, { type: 'setConfig', nodeId: 'a', config: { text } }, change);

describe('history', () => {
  it('undoes and redoes one edit exactly', () => {
    const before = start();
    const after = doEdit(before, { type: 'addNode', node: note('c') });
    const back = taken(undo(after.doc, after.history));
    expect(back.doc).toEqual(before.doc);
    expect(taken(redo(back.doc, back.history)).doc).toEqual(after.doc);
  });

  it('takes typing in one field as one step, and keeps a single inverse for it', () => {
    let open = start();
    for (const [at, text] of ['h', 'he', 'hel'].entries()) open = type(open, text, { mark: 'text:a', at: at * 200 });
    expect(open.history.past).toHaveLength(1);
    expect(open.history.past[0]?.ops).toHaveLength(1);
    expect(taken(undo(open.doc, open.history)).doc).toEqual(start().doc);
  });

  it('begins a new step after a pause, in another field, and when the field was left', () => {
    let open = type(start(), 'h', { mark: 'text:a', at: 0 });
    open = type(open, 'he', { mark: 'text:a', at: 5_000 });
    expect(open.history.past).toHaveLength(2);
    open = doEdit(open, { type: 'setLabel', nodeId: 'a', label: 'x' }, { mark: 'label:a', at: 5_100 });
    expect(open.history.past).toHaveLength(3);
    open = type({ ...open, history: closeGesture(open.history) }, 'hel', { mark: 'text:a', at: 5_200 });
    open = type({ ...open, history: closeGesture(open.history) }, 'hell', { mark: 'text:a', at: 5_300 });
    expect(open.history.past).toHaveLength(5);
  });

  it('forgets what could be redone at a new edit', () => {
    const edited = type(start(), 'h', {});
    const back = taken(undo(edited.doc, edited.history));
    expect(redo(back.doc, type(back, 'other', {}).history)).toBeUndefined();
  });

  it('changes nothing where an operation is refused', () => {
    const open = start();
    expect(edit(open.doc, open.history, { op: { type: 'removeNode', nodeId: 'gone' }, at: 0 }).ok).toBe(false);
    expect(undo(open.doc, emptyHistory())).toBeUndefined();
  });

  it('comes back to the first document by undoing everything, and to the last by redoing everything', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const opArbitrary: fc.Arbitrary<FlowOp> = fc.oneof(
      fc.constantFrom(...ids).map((id) => ({ type: 'addNode' as const, node: note(id) })),
      fc.constantFrom(...ids).map((nodeId) => ({ type: 'removeNode' as const, nodeId })),
      fc.record({ nodeId: fc.constantFrom(...ids), text: fc.string() }).map(({ nodeId, text }) => ({ type: 'setConfig' as const, nodeId, config: { text } })),
      fc.record({ id: fc.constantFrom(...ids), x: fc.integer({ min: -500, max: 500 }) }).map(({ id, x }) => ({ type: 'moveNodes' as const, positions: { [id]: { x, y: 0 } } })),
    );
    const stepArbitrary = fc.record({ op: opArbitrary, mark: fc.constantFrom(null, 'one', 'two'), gap: fc.integer({ min: 0, max: 3_000 }) });
    fc.assert(
      fc.property(fc.array(stepArbitrary, { maxLength: 40 }), (steps) => {
        let open = start();
        let at = 0;
        for (const { op, mark, gap } of steps) {
          at += gap;
          const result = edit(open.doc, open.history, { op, mark, at });
          if (result.ok) open = result;
        }
        const last = open.doc;
        for (let back = undo(open.doc, open.history); back !== undefined; back = undo(open.doc, open.history)) open = taken(back);
        expect(open.doc).toEqual(start().doc);
        for (let again = redo(open.doc, open.history); again !== undefined; again = redo(open.doc, open.history)) open = taken(again);
        expect(open.doc).toEqual(last);
      }),
    );
  });
});
