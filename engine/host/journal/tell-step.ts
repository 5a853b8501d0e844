import type { StepRecord } from '#engine/run/journal.ts';

/**
 * Adds a step's record. Those of a paged run are told again with every page: the last telling counts, the first one's payload
 * stays. One statement can touch a row once only, so they are made one here.
 */
export function tellStep(steps: StepRecord[], step: StepRecord): void {
  const at = step.pages === undefined ? -1 : steps.findIndex((one) => one.nodeId === step.nodeId && one.attempt === step.attempt);
  const before = steps[at];
  if (before) steps[at] = { ...step, payload: step.payload ?? before.payload };
  else steps.push(step);
}

export function joinSteps(earlier: StepRecord[], later: StepRecord[]): StepRecord[] {
  if (earlier.length === 0) return later;
  const joined = [...earlier];
  for (const step of later) tellStep(joined, step);
  return joined;
}
