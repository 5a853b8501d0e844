import type { PageState, RunJournal, StepDetail, StepRecord, StepSum } from './journal.ts';

/** How often the sums of a long run are told, milliseconds. */
const TELL_MS = 1_000;
const MAX_LOGS = 100;

/** Sums what each step did over the pages, and tells the journal: with the first page at once, then now and then, and at the end. */
export class PageSums {
  /** Over the pages that are done. */
  #totals: Readonly<Record<string, StepSum>>;
  /** With the page under way. */
  #sums: Record<string, StepSum>;
  readonly #logs = new Map<string, string[]>();
  readonly #untold = new Map<string, { record: StepRecord; detail: StepDetail }>();
  readonly #journal: RunJournal;
  readonly #now: () => number;
  #toldAt: number;

  constructor(before: Pick<PageState, 'totals' | 'page'> | null, { journal, now, attempt }: { journal: RunJournal; now: () => number; attempt: number }) {
    this.#totals = before?.totals ?? {};
    this.#sums = { ...this.#totals };
    this.#journal = journal;
    this.#now = now;
    this.#toldAt = now();
    // The process before may have died without telling of them, and some of these steps may have nothing more to do.
    for (const nodeId in this.#totals) {
      const sum = this.#totals[nodeId];
      if (sum) this.#untold.set(nodeId, { record: { ...sum, nodeId, attempt, state: stateOf(sum), logs: [], payload: null, pages: before?.page ?? 1 }, detail: NOTHING });
    }
  }

  get totals(): Record<string, StepSum> {
    return { ...this.#totals };
  }

  /** What a step did on a page. @param atOnce tell it now */
  add(step: StepRecord, detail: StepDetail, page: { number: number; atOnce: boolean }): void {
    const before = this.#totals[step.nodeId];
    const sum = before ? plus(before, step) : sumOf(step);
    this.#sums[step.nodeId] = sum;
    const state = step.state === 'waiting' ? 'waiting' : stateOf(sum);
    const record = { ...step, ...sum, outputs: { ...sum.outputs }, state, logs: this.#logsOf(step), pages: page.number } satisfies StepRecord;
    this.#untold.delete(step.nodeId);
    if (page.atOnce) this.#journal.step(record, detail);
    else this.#untold.set(step.nodeId, { record, detail });
  }

  #logsOf({ nodeId, logs }: StepRecord): string[] {
    const known = this.#logs.get(nodeId) ?? [];
    if (logs.length > 0 && known.length < MAX_LOGS) this.#logs.set(nodeId, [...known, ...logs].slice(0, MAX_LOGS));
    return this.#logs.get(nodeId) ?? [];
  }

  /** What a step did on the page under way counts for good already. */
  countAsDone(nodeId: string): void {
    const sum = this.#sums[nodeId];
    if (sum) this.#totals = { ...this.#totals, [nodeId]: sum };
  }

  /** The page is done: its figures count for good. */
  pageDone(): void {
    this.#totals = { ...this.#sums };
    if (this.#now() - this.#toldAt >= TELL_MS) this.tell();
  }

  tell(): void {
    this.#toldAt = this.#now();
    for (const { record, detail } of this.#untold.values()) this.#journal.step(record, detail);
    this.#untold.clear();
  }
}

const NOTHING: StepDetail = { records: [], output: { outputs: {}, failures: [] } };

function stateOf({ recordsFailed }: StepSum): StepRecord['state'] {
  return recordsFailed > 0 ? 'failed' : 'succeeded';
}

function sumOf({ recordsIn, recordsOut, recordsFailed, outputs, durationMs, startedAt }: StepSum): StepSum {
  return { recordsIn, recordsOut, recordsFailed, outputs, durationMs, startedAt };
}

function plus(sum: StepSum, step: StepSum): StepSum {
  const outputs = { ...sum.outputs };
  for (const port in step.outputs) outputs[port] = (outputs[port] ?? 0) + (step.outputs[port] ?? 0);
  return {
    recordsIn: sum.recordsIn + step.recordsIn,
    recordsOut: sum.recordsOut + step.recordsOut,
    recordsFailed: sum.recordsFailed + step.recordsFailed,
    outputs,
    durationMs: sum.durationMs + step.durationMs,
    startedAt: sum.startedAt,
  };
}
