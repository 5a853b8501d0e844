import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';
import type { NodePolicy } from '#engine/flow/document.ts';
import { attemptInBudget, classOf, verdictOf } from './failure.ts';

describe('failures', () => {
  test('data and auth go to a person at once, a rate limit waits, the rest is tried again within its budget', () => {
    expect(verdictOf('data', 1, 5)).toBe('exception');
    expect(verdictOf('auth', 1, 5)).toBe('exception');
    expect(verdictOf('limited', 5, 5)).toBe('wait');
    expect([1, 2, 3, 4, 5].map((attempt) => verdictOf('transient', attempt, 5))).toEqual(['retry', 'retry', 'retry', 'retry', 'exception']);
    expect([1, 2, 3].map((attempt) => verdictOf('bug', attempt, 5))).toEqual(['retry', 'retry', 'exception']);
  });

  test('a run put back by hand begins a new budget', () => {
    expect(attemptInBudget(6, 5)).toBe(1);
    expect(attemptInBudget(10, 5)).toBe(5);
  });

  test('the policy of a node gives a failure another class: by status, family or code, the first match wins', () => {
    const policy: NodePolicy = { failures: [{ match: '404', class: 'transient' }, { match: '4xx', class: 'ignore' }, { match: 'mapping_failed', class: 'bug' }] };
    expect(classOf({ class: 'data', code: 'http_404' }, policy)).toBe('transient');
    expect(classOf({ class: 'data', code: 'refused', status: 422 }, policy)).toBe('ignore');
    expect(classOf({ class: 'data', code: 'mapping_failed' }, policy)).toBe('bug');
    expect(classOf({ class: 'transient', code: 'http_503' }, policy)).toBe('transient');
    expect(classOf({ class: 'transient', code: 'http_503' }, null)).toBe('transient');
    expect(verdictOf('ignore', 1, 5)).toBe('ignore');
  });

  test('waits stay between zero and the ceiling, and never end before Retry-After', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.option(fc.integer({ min: 0, max: 3_600_000 }), { nil: undefined }), (attempt, random, retryAfterMs) => {
        const policy = { baseSeconds: 5, maxSeconds: 900 };
        const wait = backoffMs(attempt, policy, { random, retryAfterMs });
        expect(wait).toBeGreaterThanOrEqual(retryAfterMs ?? 0);
        const ceiling = retryAfterMs === undefined ? Math.max(100, Math.min(900_000, 5_000 * 2 ** (attempt - 1))) : Number.POSITIVE_INFINITY;
        expect(wait).toBeLessThanOrEqual(ceiling);
      }),
    );
  });
});
