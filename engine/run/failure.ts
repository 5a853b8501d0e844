import type { FailureClass } from '#engine/nodes/step.ts';

/**
 * What a failure class asks for. `retry` spends an attempt, `wait` does not (a vendor's rate limit is nobody's fault),
 * `exception` hands the record to a person; the run's other records go on in any case.
 */
export type Verdict = 'retry' | 'wait' | 'exception';

/** A failure that looks like our own mistake is not worth more attempts than this. */
const BUG_ATTEMPTS = 3;

/**
 * The attempt's place within its budget, from 1. A run that a person retries after its budget was spent begins a new
 * budget, without a second counter being stored.
 */
export function attemptInBudget(attempt: number, maxAttempts: number): number {
  return ((attempt - 1) % Math.max(1, maxAttempts)) + 1;
}

/** What to do about a failure of this class at this attempt (from 1). */
export function verdictOf(failure: FailureClass, attempt: number, maxAttempts: number): Verdict {
  const spent = attemptInBudget(attempt, maxAttempts);
  switch (failure) {
    case 'limited':
      return 'wait';
    case 'transient':
      return spent < maxAttempts ? 'retry' : 'exception';
    case 'bug':
      return spent < Math.min(BUG_ATTEMPTS, maxAttempts) ? 'retry' : 'exception';
    case 'auth':
    case 'data':
      return 'exception';
  }
}
