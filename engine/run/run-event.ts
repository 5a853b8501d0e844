import type { DataRecord } from '#engine/nodes/step.ts';
import type { StepResult } from './advance.ts';
import { Attempt } from './attempt.ts';
import { drive } from './drive.ts';
import type { RunOutcome } from './outcome.ts';
import { runPages } from './run-pages.ts';
import type { RunInput } from './run-input.ts';
import { triggerPlan } from './trigger-plan.ts';
import { stuck, unable } from './unable.ts';

export type { RunInput } from './run-input.ts';

/**
 * One attempt of one run: drives steps until nothing more can be done, through ports only.
 *
 * Pure steps are computed again on every attempt, effects never: an answer the journal holds is reused, under a key that
 * does not change between attempts. Bad records leave the run one by one, the others go on. A call that depends on an
 * earlier call waits until that one's result is durable.
 * @throws {StaleRun} when the journal lost its lease
 */
export async function runEvent(input: RunInput): Promise<RunOutcome> {
  const plan = triggerPlan(input.plan, input.nodeId);
  if (!plan) return unable('trigger_missing', `The version has no node ${input.nodeId}.`);
  if (plan.twoSources) return unable('two_paged_sources', 'More than one paged source behind one trigger.');
  const attempt = new Attempt(input, plan);
  const event: DataRecord = { key: '0', data: input.data };
  if (plan.paged) return runPages(attempt, plan.paged, event);
  const results = new Map<string, StepResult>();
  await drive(plan.steps, results, { attempt, arriving: { start: { name: plan.trigger, record: event }, first: true }, page: null });
  const outcome = attempt.tally.outcome(input);
  return outcome.retry === null && results.size < plan.steps.length ? stuck() : outcome;
}
