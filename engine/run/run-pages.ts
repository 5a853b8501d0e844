import type { DataRecord } from '#engine/nodes/step.ts';
import { gather, type StepResult } from './advance.ts';
import type { Attempt } from './attempt.ts';
import { drive } from './drive.ts';
import type { RunOutcome } from './outcome.ts';
import { PageLoop } from './page-loop.ts';
import type { PagedPlan } from './trigger-plan.ts';
import { stuck } from './unable.ts';

/** One attempt of a run with a paged source: what comes before the source once, then page after page. */
export async function runPages(attempt: Attempt, paged: PagedPlan, event: DataRecord): Promise<RunOutcome> {
  const { source } = paged;
  const { input, tally } = attempt;
  const outside = new Map<string, StepResult>();
  const start = { name: attempt.plan.trigger, record: event };
  await drive(paged.outside, outside, { attempt, arriving: { start, first: true }, page: null });
  const arrived = source.name === start.name ? { records: [event], pending: false, unsynced: false } : gather(source, outside, true);
  // Which records pages are read for must be settled before the first page.
  if (!arrived || arrived.pending) return tally.waits ? tally.outcome(input) : stuck();
  if (arrived.records.length > 0) {
    // What is asked for may hang on what an earlier call answered.
    if (arrived.unsynced) await input.journal.sync();
    const through = await new PageLoop(attempt, paged, { outside, inputs: arrived.records }).run();
    if (!through && !tally.waits) return stuck();
  } else {
    outside.set(source.name, { outputs: {}, pending: false, unsynced: arrived.unsynced });
    await drive(paged.inside, outside, { attempt, arriving: { start: null, first: true }, page: null });
  }
  return tally.outcome(input);
}
