import type { NodePolicy } from '#engine/flow/document.ts';
import type { FailureClass } from '#engine/nodes/step.ts';

/**
 * What a failure asks for. `retry` spends an attempt, `wait` does not (a vendor's rate limit is nobody's fault), `exception` hands
 * the record to a person (or to the failed side of its try), `ignore` lets it go on as if nothing had been; the run's other
 * records go on in any case.
 */
export type Verdict = 'retry' | 'wait' | 'exception' | 'ignore';

/** A failure that looks like our own mistake is not worth more attempts than this. */
const BUG_ATTEMPTS = 3;

/** The attempt's place within its budget, from 1; when a budget is spent the next one begins. */
export function attemptInBudget(attempt: number, maxAttempts: number): number {
  return ((attempt - 1) % Math.max(1, maxAttempts)) + 1;
}

/** What to do about a failure of this class when this much of the budget is spent (from 1). */
export function verdictOf(failure: FailureClass | 'ignore', spent: number, maxAttempts: number): Verdict {
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
    case 'ignore':
      return 'ignore';
  }
}

/** What can be said of a failure when its class is looked up. */
export interface FailureSigns {
  class: FailureClass;
  code: string;
  /** HTTP status, where a vendor answered. */
  status?: number | undefined;
}

/** The class of a failure after the node's own policy: the first match wins. */
export function classOf(failure: FailureSigns, policy: NodePolicy | null): FailureClass | 'ignore' {
  if (policy === null) return failure.class;
  const status = failure.status === undefined ? (/^http_([1-5]\d\d)$/.exec(failure.code)?.[1] ?? '') : String(failure.status);
  const rule = policy.failures.find(({ match }) => match === status || match === failure.code || (status !== '' && match === `${status.charAt(0)}xx`));
  return rule?.class ?? failure.class;
}
