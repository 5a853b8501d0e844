import { inject } from 'vitest';
import { migrate } from '#drizzle/migrate.ts';
import { cloneDatabase } from './test-cluster.ts';
import type { TestDatabase } from './test-cluster.ts';

/**
 * A migrated, empty database of this test file's own, on the test run's real PostgreSQL.
 * Call it in `beforeAll` (the first one of a run takes two to three seconds, each later one about 50 ms) and `drop()` it in `afterAll`.
 * Outside vitest (Playwright, bench) use `createTestRun`, `cloneDatabase` and `endTestRun` of test-cluster.ts.
 */
export function testDatabase(): Promise<TestDatabase> {
  return cloneDatabase(inject('weftTestRun'), migrate);
}
