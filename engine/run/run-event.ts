import type { FlowPlan, PlanStep } from '#engine/flow/compile.ts';
import type { Json } from '#engine/flow/json.ts';
import type { DataRecord, EventInfo, RecordFailure, StepOutput } from '#engine/nodes/step.ts';
import { advance, type ReadyStep, type StepResult } from './advance.ts';
import { attemptInBudget, verdictOf } from './failure.ts';
import { backoffMs } from './backoff.ts';
import { stepPorts } from './step-ports.ts';
import { describeStep } from './describe-step.ts';
import { triggerPlan } from './trigger-plan.ts';
import type { RunJournal } from './journal.ts';
import type { RunFailure, RunOutcome } from './outcome.ts';
import type { RunPorts } from './ports.ts';

export interface RunInput {
  plan: FlowPlan;
  event: EventInfo;
  /** The trigger node the event came in at. */
  nodeId: string;
  /** The event's body. */
  data: Json;
  journal: RunJournal;
  ports: RunPorts;
  /** From 1. */
  attempt: number;
}

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
  const tally = new Tally(input);
  if (!plan) {
    const missing: RunFailure = { class: 'bug', code: 'trigger_missing', message: `The version has no node ${input.nodeId}.` };
    return { state: 'failed', recordsIn: 1, recordsFailed: 1, failure: missing, retry: null };
  }
  const state = new Map<string, StepResult>();
  const event: DataRecord = { key: '0', data: input.data };
  for (;;) {
    const decision = advance(plan, state, event);
    if (decision.type === 'end') return tally.outcome();
    // One ready step is the usual case and need not pay for Promise.all.
    const [first] = decision.steps;
    if (first && decision.steps.length === 1) state.set(first.at.step.nodeId, await perform(first, input, tally));
    else {
      const results = await Promise.all(decision.steps.map((ready) => perform(ready, input, tally)));
      decision.steps.forEach((ready, index) => state.set(ready.at.step.nodeId, results[index] ?? EMPTY));
    }
  }
}

/** A run without a paged source is one page, the last. */
const ONLY_PAGE = Object.freeze({ number: 1, last: true, carry: undefined });
const EMPTY: StepResult = { outputs: {}, pending: false, unsynced: false };

async function perform(ready: ReadyStep, input: RunInput, tally: Tally): Promise<StepResult> {
  const { records, pending } = ready;
  const { step } = ready.at;
  // A step that nothing reached leaves no trace.
  if (records.length === 0) return { outputs: {}, pending, unsynced: ready.unsynced };
  let unsynced = ready.unsynced;
  if (unsynced && step.kind.effect === 'call') {
    await input.journal.sync();
    unsynced = false;
  }
  const startedAt = input.ports.now();
  const ports = stepPorts(step.nodeId, input);
  let output: StepOutput;
  try {
    const made = step.kind.execute({ nodeId: step.nodeId, config: step.config, prepared: step.prepared, records, inputs: { in: records }, event: input.event, ports, page: ONLY_PAGE });
    output = made instanceof Promise ? await made : made;
  } catch (error) {
    if (ports.lost) throw error;
    output = crashed(records, error);
  }
  const retrying = tally.failures(step, output.failures);
  const record = describeStep({ step, records, output, attempt: input.attempt, retrying, startedAt, endedAt: input.ports.now() });
  input.journal.step(record, { records, output });
  return { outputs: output.outputs, pending: pending || retrying > 0, unsynced: unsynced || ports.settledSomething };
}

/** A node kind that throws is our mistake, not the record's: every record of the step keeps a chance. */
function crashed(records: DataRecord[], error: unknown): StepOutput {
  const message = error instanceof Error ? error.message : String(error);
  return { outputs: {}, failures: records.map((record) => ({ record, class: 'bug', code: 'step_crashed', message })) };
}

/** Counts what failed in an attempt and decides when, and whether, to try again. */
class Tally {
  readonly #input: RunInput;
  #exceptions = 0;
  #retrying = 0;
  #spends = false;
  #retryAfterMs: number | undefined;
  #firstException: RunFailure | null = null;
  #firstRetry: RunFailure | null = null;

  constructor(input: RunInput) {
    this.#input = input;
  }

  /** Takes in a step's failures; returns how many of them will be tried again. */
  failures(step: PlanStep, failures: RecordFailure[]): number {
    let retrying = 0;
    const { maxAttempts } = this.#input.plan.settings.retry;
    for (const failure of failures) {
      const what: RunFailure = { class: failure.class, code: failure.code, message: failure.message };
      const verdict = verdictOf(failure.class, this.#input.attempt, maxAttempts);
      if (verdict === 'exception') {
        this.#exceptions += 1;
        this.#firstException ??= what;
        this.#input.journal.exception({ nodeId: step.nodeId, record: failure.record, page: 0, ...what });
        continue;
      }
      retrying += 1;
      this.#firstRetry ??= what;
      if (verdict === 'retry') this.#spends = true;
      if (failure.retryAfterMs !== undefined) this.#retryAfterMs = Math.max(this.#retryAfterMs ?? 0, failure.retryAfterMs);
    }
    this.#retrying += retrying;
    return retrying;
  }

  outcome(): RunOutcome {
    const recordsFailed = this.#exceptions + this.#retrying;
    const counts = { recordsIn: 1, recordsFailed };
    if (this.#retrying === 0) {
      return { ...counts, state: this.#exceptions > 0 ? 'failed' : 'succeeded', failure: this.#firstException, retry: null };
    }
    const { ports, attempt, plan } = this.#input;
    const spent = attemptInBudget(attempt, plan.settings.retry.maxAttempts);
    const wait = backoffMs(spent, plan.settings.retry, { random: ports.random(), retryAfterMs: this.#retryAfterMs });
    return { ...counts, state: 'waiting', failure: this.#firstRetry, retry: { at: ports.now() + wait, spendsAttempt: this.#spends } };
  }
}
