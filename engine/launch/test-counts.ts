/** Figures of one runner. */
export interface Counts {
  passed: number;
  failed: number;
}

/** Reads vitest's JSON report. A skipped test is neither. */
export function countVitest(text: string): Counts {
  const report: { numPassedTests?: number; numFailedTests?: number; numFailedTestSuites?: number } = JSON.parse(text);
  const failedTests = report.numFailedTests ?? 0;
  // A file that could not even be loaded has no failed test, but a failed suite.
  return { passed: report.numPassedTests ?? 0, failed: failedTests > 0 ? failedTests : (report.numFailedTestSuites ?? 0) };
}

/** Reads Playwright's JSON report. Errors outside of any test (the global set-up) count too. */
export function countPlaywright(text: string): Counts {
  const report: { stats?: { expected?: number; unexpected?: number; flaky?: number }; errors?: unknown[] } = JSON.parse(text);
  const { expected = 0, unexpected = 0, flaky = 0 } = report.stats ?? {};
  return { passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0) };
}
