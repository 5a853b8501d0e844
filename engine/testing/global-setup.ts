import type { TestProject } from 'vitest/node';
import { createTestRun, endTestRun } from './test-cluster.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the run's PostgreSQL, see test-cluster.ts. */
    weftTestRun: string;
  }
}

/** Vitest's global set-up: one PostgreSQL for the whole run, started on first use, gone at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await createTestRun();
  project.provide('weftTestRun', folder);
  return () => endTestRun(folder);
}
