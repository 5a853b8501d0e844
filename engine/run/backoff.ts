/** How long to wait between attempts; seconds, from the flow's settings. */
export interface BackoffPolicy {
  baseSeconds: number;
  maxSeconds: number;
}

/** A vendor that says "come back in a month" is not believed: a person should hear of it first. */
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;
/** Never hammer, even when the vendor or the dice say zero. */
const SHORTEST_WAIT_MS = 100;

/**
 * Milliseconds until the next attempt: exponential with full jitter (the wait is drawn between zero and the ceiling, so that
 * a thousand runs failed by one outage do not come back together), but never before the vendor's own Retry-After.
 * @param attempt the attempt that failed, from 1
 * @param random a number in [0, 1)
 */
export function backoffMs(attempt: number, policy: BackoffPolicy, dice: { random: number; retryAfterMs?: number }): number {
  const ceiling = Math.min(policy.maxSeconds, policy.baseSeconds * 2 ** Math.min(attempt - 1, 30)) * 1000;
  const jittered = Math.max(SHORTEST_WAIT_MS, Math.floor(ceiling * dice.random));
  if (dice.retryAfterMs === undefined) return jittered;
  // A little jitter on top of Retry-After, for the same reason.
  return Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, dice.retryAfterMs) + Math.floor(250 * dice.random));
}
