import { advance, type Arriving, type StepResult } from './advance.ts';
import { OUTSIDE, type Attempt } from './attempt.ts';
import { performStep, type PageScope } from './perform-step.ts';
import type { TriggerStep } from './trigger-plan.ts';

export interface Driving {
  attempt: Attempt;
  arriving: Arriving;
  /** Null outside of pages. */
  page: PageScope | null;
}

/** Runs these steps, each as soon as it is ready, until nothing more can be done in this attempt. Results go into `state`. */
export async function drive(steps: readonly TriggerStep[], state: Map<string, StepResult>, { attempt, arriving, page }: Driving): Promise<void> {
  const where = { scope: page ?? OUTSIDE, page };
  for (;;) {
    const decision = advance(steps, state, arriving);
    if (decision.type === 'end') return;
    // One ready step is the usual case and need not pay for Promise.all.
    const [first] = decision.steps;
    if (first && decision.steps.length === 1) state.set(first.at.name, await performStep(first, attempt, where));
    else {
      const results = await Promise.all(decision.steps.map((ready) => performStep(ready, attempt, where)));
      decision.steps.forEach((ready, index) => state.set(ready.at.name, results[index] ?? EMPTY));
    }
  }
}

const EMPTY: StepResult = { outputs: {}, pending: false, unsynced: false };
