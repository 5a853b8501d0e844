import type { StoreApi } from 'zustand/vanilla';
import { advanceSave, type DraftConflict, type SaveCommand, type SaveEvent } from './autosave.ts';
import type { DesignerState } from './store.ts';

export type SaveOutcome =
  | { type: 'saved'; revision: number; savedAt: string }
  | { type: 'failed'; code: string }
  | { type: 'refused'; code: string }
  | { type: 'conflict'; conflict: DraftConflict };

export type SaveDraft = (draft: { revision: number; docText: string }) => Promise<SaveOutcome>;

export interface SaveDriver {
  send(event: SaveEvent): void;
  /** Begins to act; a stopped driver only finishes the save that is under way. */
  start(): void;
  stop(): void;
}

/** Carries out what `advanceSave` decides: keeps the one timer, sends the draft, feeds the outcome back. */
export function createSaveDriver(store: StoreApi<DesignerState>, saveDraft: SaveDraft): SaveDriver {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = true;

  function send(event: SaveEvent): void {
    const { state, command } = advanceSave(store.getState().save, event);
    store.setState({ save: state });
    run(command);
  }

  function run(command: SaveCommand): void {
    if (command.type === 'none') return;
    clearTimeout(timer);
    if (command.type === 'wait') {
      if (!stopped) timer = setTimeout(() => send({ type: 'timer' }), command.ms);
      return;
    }
    const { save, docText } = store.getState();
    void saveDraft({ revision: save.revision, docText: docText() }).then(send, () => send({ type: 'failed', code: 'unreachable' }));
  }

  return {
    send,
    start() {
      stopped = false;
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
