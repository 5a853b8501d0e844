import { readAppError } from '#components/trpc/app-error.ts';
import type { DraftConflict } from './autosave.ts';
import type { SaveOutcome } from './save-driver.ts';

/** Failures that pass by themselves: the draft is kept and tried again. Anything else, repetition cannot change. */
const PASSING = new Set(['unreachable', 'unavailable', 'limited', 'internal']);

/** What an error of `flow.saveDraft` means for autosave. */
export function readSaveError(error: unknown): SaveOutcome {
  const { code, params } = readAppError(error);
  if (code === 'conflict') {
    const conflict = readConflict(params);
    if (conflict !== null) return { type: 'conflict', conflict };
  }
  return { type: PASSING.has(code) ? 'failed' : 'refused', code };
}

/** The draft somebody else saved meanwhile, from the error's parameters. */
export function readConflict(params: Record<string, unknown>): DraftConflict | null {
  const { revision, docText, updatedByName } = params;
  if (typeof revision !== 'number' || typeof docText !== 'string') return null;
  return { revision, docText, updatedByName: typeof updatedByName === 'string' ? updatedByName : null };
}
