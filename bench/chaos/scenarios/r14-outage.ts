import { byTest } from '../lib/by-test.ts';
import type { Scenario } from '../lib/scenario.ts';

/** R14: a vendor that says "not before", and one that is away for hours (they pass by moving the time of the next probe). */
export const vendorAway: Scenario = {
  id: 'R14',
  title: 'far end 429 with Retry-After; down for hours of virtual time',
  wanted: 'no call inside the window; breaker ≤ 10 failures; drains at the stated rate ±5 %; no worker slot held',
  async run() {
    const verdict = await byTest('engine/host/traffic/outage.test.ts', 'outage is noticed|not before');
    const failures = Number(verdict.figures['failuresToOpen']);
    return failures > 10 ? { ...verdict, misses: [...verdict.misses, `${failures} failures until the breaker opened (with what was under way)`] } : verdict;
  },
};
