import type { RunOutcome } from './outcome.ts';

/** A run that cannot begin, or cannot go on for a reason that is ours. */
export function unable(code: 'trigger_missing' | 'two_paged_sources' | 'run_stuck', message: string): RunOutcome {
  return { state: 'failed', recordsIn: 1, recordsFailed: 1, failure: { class: 'bug', code, message }, retry: null };
}

/** Steps that wait for each other would be left out without a word. */
export function stuck(): RunOutcome {
  return unable('run_stuck', 'Steps wait for each other.');
}
