import { describe, expect, it } from 'vitest';
import { advanceSave, initialSave, isUnsaved, type SaveCommand, type SaveEvent, type SaveState } from './autosave.ts';

function run(state: SaveState, ...events: SaveEvent[]): { state: SaveState; command: SaveCommand } {
  let last: { state: SaveState; command: SaveCommand } = { state, command: { type: 'none' } };
  for (const event of events) last = advanceSave(last.state, event);
  return last;
}

const edited: SaveEvent = { type: 'edited' };
const timer: SaveEvent = { type: 'timer' };
const saved = (revision: number): SaveEvent => ({ type: 'saved', revision, savedAt: '2026-01-01T12:03:04Z' });
const theirs = { revision: 7, docText: '{}', updatedByName: 'Anna' };

describe('autosave', () => {
  it('waits less than a second after an edit, then saves with the revision it began from', () => {
    const waiting = run(initialSave(3, null), edited);
    expect(waiting.command).toEqual({ type: 'wait', ms: expect.toSatisfy((ms: number) => ms < 1_000) });
    const saving = run(waiting.state, timer);
    expect(saving).toMatchObject({ state: { status: 'saving', revision: 3 }, command: { type: 'save' } });
    expect(run(saving.state, saved(4)).state).toMatchObject({ status: 'saved', revision: 4, savedAt: '2026-01-01T12:03:04Z' });
  });

  it('saves again what was edited while a save was on its way, never two at once', () => {
    const saving = run(initialSave(1, null), edited, timer, edited);
    expect(saving.command.type).toBe('none');
    expect(run(saving.state, { type: 'saveNow' }).command.type).toBe('none');
    const after = run(saving.state, saved(2));
    expect(after).toMatchObject({ state: { status: 'dirty', revision: 2 }, command: { type: 'wait' } });
  });

  it('tries again with growing pauses while the server does not answer, at once when the network is back', () => {
    const failed: SaveEvent = { type: 'failed', code: 'unreachable' };
    const first = run(initialSave(1, null), edited, timer, failed);
    expect(first).toMatchObject({ state: { status: 'retrying', errorCode: 'unreachable' }, command: { type: 'wait', ms: 1_000 } });
    expect(run(first.state, timer, failed).command).toEqual({ type: 'wait', ms: 2_000 });
    let state = first.state;
    for (let attempt = 0; attempt < 12; attempt += 1) state = run(state, timer, failed).state;
    expect(run(state, timer, failed).command).toEqual({ type: 'wait', ms: 30_000 });
    expect(run(first.state, edited).command.type).toBe('none');
    expect(run(first.state, { type: 'online' }).command.type).toBe('save');
    expect(run(first.state, timer, saved(2)).state).toMatchObject({ status: 'saved', failures: 0, errorCode: null });
  });

  it('stops at a refusal until the next edit or until asked', () => {
    const refused = run(initialSave(1, null), edited, timer, { type: 'refused', code: 'forbidden' });
    expect(refused).toMatchObject({ state: { status: 'refused', errorCode: 'forbidden' }, command: { type: 'none' } });
    expect(run(refused.state, edited).command.type).toBe('wait');
    expect(run(refused.state, { type: 'saveNow' }).command.type).toBe('save');
  });

  it('shows a conflict and saves nothing until a person has chosen', () => {
    const conflict = run(initialSave(5, null), edited, timer, { type: 'conflict', conflict: theirs });
    expect(conflict.state).toMatchObject({ status: 'conflict', revision: 5, conflict: theirs });
    for (const event of [edited, timer, { type: 'saveNow' }, { type: 'online' }] satisfies SaveEvent[]) {
      expect(run(conflict.state, event)).toMatchObject({ state: { status: 'conflict' }, command: { type: 'none' } });
    }
    expect(run(conflict.state, { type: 'keepMine' })).toMatchObject({ state: { status: 'saving', revision: 7, conflict: null }, command: { type: 'save' } });
    expect(run(conflict.state, { type: 'takeTheirs' })).toMatchObject({ state: { status: 'saved', revision: 7, conflict: null }, command: { type: 'none' } });
  });

  it('calls everything unsaved but what the server has', () => {
    expect(isUnsaved(initialSave(1, null))).toBe(false);
    expect(isUnsaved(run(initialSave(1, null), edited).state)).toBe(true);
    expect(isUnsaved(run(initialSave(1, null), edited, timer).state)).toBe(true);
  });
});
