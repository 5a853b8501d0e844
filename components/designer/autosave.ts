/**
 * When the draft is saved, as a value. States:
 *
 *   saved ──edited──▶ dirty ──timer──▶ saving ──saved──▶ saved (or dirty, when edited meanwhile)
 *                       ▲                 ├──failed──▶ retrying ──timer──▶ saving
 *                       │                 ├──refused─▶ refused  (an answer that repetition cannot change)
 *                       └──keepMine───────┴──conflict▶ conflict ──takeTheirs──▶ saved
 *
 * Pure: `advanceSave` says what is next and what to do, the driver does it.
 */
export interface SaveState {
  status: 'saved' | 'dirty' | 'saving' | 'retrying' | 'conflict' | 'refused';
  /** Revision of the draft that the next save is compared with. */
  revision: number;
  /** ISO instant of the last save this browser knows of. */
  savedAt: string | null;
  /** Edited while a save was on its way. */
  editedMeanwhile: boolean;
  /** Saves that failed in a row. */
  failures: number;
  /** Code of the last refusal or failure; text at `errors.<code>`. */
  errorCode: string | null;
  conflict: DraftConflict | null;
}

export interface DraftConflict {
  revision: number;
  docText: string;
  updatedByName: string | null;
}

export type SaveEvent =
  | { type: 'edited' }
  | { type: 'timer' }
  | { type: 'saveNow' }
  | { type: 'online' }
  | { type: 'saved'; revision: number; savedAt: string }
  | { type: 'failed'; code: string }
  | { type: 'refused'; code: string }
  | { type: 'conflict'; conflict: DraftConflict }
  | { type: 'keepMine' }
  | { type: 'takeTheirs' };

export type SaveCommand = { type: 'none' } | { type: 'wait'; ms: number } | { type: 'save' };

/** Quiet time after the last edit; well below the promised second. */
export const SAVE_DELAY_MS = 600;
const RETRY_MIN_MS = 1_000;
const RETRY_MAX_MS = 30_000;

export function initialSave(revision: number, savedAt: string | null): SaveState {
  return { status: 'saved', revision, savedAt, editedMeanwhile: false, failures: 0, errorCode: null, conflict: null };
}

/** @returns the next state and what the driver must do: `wait` replaces any earlier timer. */
export function advanceSave(state: SaveState, event: SaveEvent): { state: SaveState; command: SaveCommand } {
  switch (event.type) {
    case 'edited':
      return onEdited(state);
    case 'timer':
    case 'online':
      return state.status === 'dirty' || state.status === 'retrying' ? save(state) : stay(state);
    case 'saveNow':
      return state.status === 'saved' || state.status === 'saving' || state.status === 'conflict' ? stay(state) : save(state);
    case 'saved':
      return onSaved(state, event);
    case 'failed':
      return onFailed(state, event.code);
    case 'refused':
      return stay({ ...state, status: 'refused', errorCode: event.code, editedMeanwhile: false });
    case 'conflict':
      return stay({ ...state, status: 'conflict', conflict: event.conflict, editedMeanwhile: false });
    case 'keepMine':
      if (state.conflict === null) return stay(state);
      return save({ ...state, revision: state.conflict.revision, conflict: null });
    case 'takeTheirs':
      if (state.conflict === null) return stay(state);
      return stay({ ...initialSave(state.conflict.revision, state.savedAt) });
  }
}

/** There are edits that the server does not have. */
export function isUnsaved(state: SaveState): boolean {
  return state.status !== 'saved';
}

function onEdited(state: SaveState) {
  if (state.status === 'saving') return stay({ ...state, editedMeanwhile: true });
  if (state.status === 'conflict') return stay(state);
  if (state.status === 'retrying') return stay(state);
  return { state: { ...state, status: 'dirty' as const }, command: { type: 'wait' as const, ms: SAVE_DELAY_MS } };
}

function onSaved(state: SaveState, event: { revision: number; savedAt: string }) {
  const saved = { ...state, revision: event.revision, savedAt: event.savedAt, failures: 0, errorCode: null, editedMeanwhile: false };
  if (!state.editedMeanwhile) return stay({ ...saved, status: 'saved' });
  return { state: { ...saved, status: 'dirty' as const }, command: { type: 'wait' as const, ms: SAVE_DELAY_MS } };
}

function onFailed(state: SaveState, code: string) {
  const failures = state.failures + 1;
  const ms = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** (failures - 1));
  const next: SaveState = { ...state, status: 'retrying', failures, errorCode: code, editedMeanwhile: false };
  return { state: next, command: { type: 'wait' as const, ms } };
}

function stay(state: SaveState): { state: SaveState; command: SaveCommand } {
  return { state, command: { type: 'none' } };
}

function save(state: SaveState): { state: SaveState; command: SaveCommand } {
  return { state: { ...state, status: 'saving', editedMeanwhile: false }, command: { type: 'save' } };
}
