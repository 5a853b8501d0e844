import type { Json } from '#engine/flow/json.ts';
import type { DataRecord, RecordFailure, StepOutput } from '#engine/nodes/step.ts';
import type { ReadyStep, StepResult } from './advance.ts';
import type { Attempt, Scope } from './attempt.ts';
import { describeStep } from './describe-step.ts';
import type { FailureSigns } from './failure.ts';
import type { StepDetail, StepRecord } from './journal.ts';
import { MemoPorts } from './step-ports.ts';
import type { TriggerStep } from './trigger-plan.ts';
import { withCorrections } from './with-corrections.ts';

/** The page a step runs on, as the loop over pages sees it. */
export interface PageScope extends Scope {
  last: boolean;
  carryOf(nodeId: string): Json | undefined;
  keep(nodeId: string, carry: Json | undefined): void;
  /** What a step did on this page, and what it takes along. */
  tell(step: StepRecord, detail: StepDetail): void;
}

/** A run without a paged source is one page, the last. */
const ONLY_PAGE = Object.freeze({ number: 1, last: true, carry: undefined });

/**
 * Runs one step on what has arrived, and decides about each of its failures.
 * @param page null outside of pages
 */
export async function performStep(ready: ReadyStep, attempt: Attempt, { scope, page }: { scope: Scope; page: PageScope | null }): Promise<StepResult> {
  const { at, pending } = ready;
  const { step } = at;
  const { records, byPort } = withCorrections(ready, attempt.input);
  let { unsynced } = ready;
  if (at.collects !== null) return giveOutCaught(ready, attempt, scope);
  const carry = page !== null && step.kind.carries ? page.carryOf(step.nodeId) : undefined;
  // A step that nothing reached leaves no trace; one that gathers has to let go of what it has with the last page.
  if (records.length === 0 && !(step.kind.carries && page?.last)) return { outputs: {}, pending, unsynced };
  const { journal, ports: world, event } = attempt.input;
  if (unsynced && step.kind.effect !== 'none') {
    await journal.sync();
    unsynced = false;
  }
  if (step.kind.catches) attempt.region(step.nodeId).enter(records);
  const startedAt = world.now();
  const ports = new MemoPorts(at, attempt, scope);
  let output: StepOutput;
  try {
    const made = step.kind.execute({
      nodeId: step.nodeId,
      config: step.config,
      prepared: step.prepared,
      records,
      inputs: byPort ?? (at.port === null ? {} : { [at.port]: records }),
      event,
      ports,
      page: page === null ? ONLY_PAGE : { number: page.page, last: page.last, carry },
    });
    output = made instanceof Promise ? await made : made;
  } catch (error) {
    if (ports.lost) throw error;
    output = crashed(records, error);
  }
  let retrying = 0;
  if (output.failures.length > 0) ({ output, retrying } = judge(output, { at, attempt, scope, ports }));
  const holds = output.holds?.length ?? 0;
  if (holds > 0) for (const hold of output.holds ?? []) attempt.tally.hold(hold, step.nodeId);
  const waiting = retrying + holds;
  const record = describeStep({ step, records, output, attempt: attempt.input.attempt, waiting, startedAt, endedAt: world.now(), telling: page === null || page.page === 1, paged: page !== null });
  const detail = { records, output };
  if (page === null) journal.step(record, detail);
  else {
    if (step.kind.carries) page.keep(step.nodeId, output.carry);
    page.tell(record, detail);
  }
  return { outputs: output.outputs, pending: pending || waiting > 0, unsynced: unsynced || ports.settledSomething };
}

/** A node kind that throws is our mistake, not the record's: every record of the step keeps a chance. */
function crashed(records: DataRecord[], error: unknown): StepOutput {
  const message = error instanceof Error ? error.message : String(error);
  return { outputs: {}, failures: records.map((record) => ({ record, class: 'bug', code: 'step_crashed', message })) };
}

interface Judging {
  at: TriggerStep;
  attempt: Attempt;
  scope: Scope;
  ports: MemoPorts;
}

/** Decides about each failure of a step. Those to be ignored leave the failures and go on unchanged. */
function judge(output: StepOutput, { at, attempt, scope, ports }: Judging): { output: StepOutput; retrying: number } {
  const failures: RecordFailure[] = [];
  const ignored: DataRecord[] = [];
  let retrying = 0;
  for (const failure of output.failures) {
    const { verdict, what, spent } = attempt.judge(at, signsOf(failure), { scope, message: failure.message });
    if (verdict === 'ignore') {
      ignored.push(failure.record);
      continue;
    }
    failures.push(failure);
    if (verdict === 'exception') {
      attempt.giveUp(at, failure.record, { failure: what, scope });
      continue;
    }
    retrying += 1;
    attempt.tally.retry(what, { spends: verdict === 'retry', spent, retryAfterMs: failure.retryAfterMs, ref: ports.waitsFor });
  }
  const [port] = at.step.outputs;
  if (ignored.length === 0 || port === undefined) return { output: { ...output, failures }, retrying };
  const outputs = { ...output.outputs, [port]: [...(output.outputs[port] ?? []), ...ignored] };
  return { output: { ...output, outputs, failures }, retrying };
}

export function signsOf({ class: failureClass, code, params }: Omit<RecordFailure, 'record'>): FailureSigns {
  const status = params?.['status'];
  return { class: failureClass, code, status: typeof status === 'number' ? status : undefined };
}

/** The failed side of a try: everything in its region is settled, what failed for good goes on from here. */
function giveOutCaught(ready: ReadyStep, attempt: Attempt, scope: Scope): StepResult {
  const { at, pending } = ready;
  const port = at.step.kind.catches?.failed ?? '';
  const region = attempt.region(at.step.nodeId);
  if (region.failures === 0) return { outputs: {}, pending, unsynced: ready.unsynced };
  attempt.settle(at.step.nodeId, scope);
  return { outputs: { [port]: region.records(at.collects ?? []) }, pending, unsynced: true };
}
