import { stringifyJson, type Json } from '#engine/flow/json.ts';
import type { CallResult, DataRecord, FailureClass } from '#engine/nodes/step.ts';
import type { EffectRecord, Memory, PageState, RunJournal, StepDetail, StepRecord } from '#engine/run/journal.ts';

/** A call as the designer shows it. */
export interface TrialCall {
  method: string;
  url: string;
  headers: Record<string, string>;
  bodyText: string | null;
  /** The write was held back: nothing left the building. */
  held: boolean;
  status?: number;
  answerText?: string;
}

export interface TrialStep {
  nodeId: string;
  state: 'succeeded' | 'failed' | 'waiting';
  recordsIn: number;
  recordsOut: number;
  recordsFailed: number;
  durationMs: number;
  /** JSON text `{port: [{key, data}]}`. */
  outputsText: string;
  /** JSON text `{in: [{key, data}]}`. */
  inputText: string;
  failures: { recordKey: string; class: FailureClass; code: string; message: string }[];
  calls: TrialCall[];
  logs: string[];
}

const LONGEST_NOTE = 500;

/** The journal of a test run: kept in memory, in full. Of a paged source the first page is shown, and the sums of all. */
export class TrialJournal implements RunJournal {
  readonly #steps = new Map<string, TrialStep>();
  readonly #calls = new Map<string, TrialCall[]>();
  readonly #notes = new Map<string, string[]>();
  readonly #memories = new Map<string, Json>();
  readonly #settled = new Map<string, CallResult>();
  readonly #setterOf: (checkpoint: string) => string;
  #page: PageState | null = null;

  /** @param setterOf the node that sets a checkpoint */
  constructor(setterOf: (checkpoint: string) => string) {
    this.#setterOf = setterOf;
  }

  /** In the order in which they began; what was held back is part of their logs. */
  get steps(): TrialStep[] {
    return [...this.#steps.values()].map((step) => ({ ...step, logs: [...step.logs, ...(this.#notes.get(step.nodeId) ?? [])] }));
  }

  note(nodeId: string, line: string): void {
    const notes = this.#notes.get(nodeId);
    if (notes) notes.push(line);
    else this.#notes.set(nodeId, [line]);
  }

  settled(key: string): CallResult | undefined {
    return this.#settled.get(key);
  }

  call(nodeId: string, call: TrialCall): void {
    const calls = this.#calls.get(nodeId);
    if (calls) calls.push(call);
    else this.#calls.set(nodeId, [call]);
  }

  step(step: StepRecord, detail: StepDetail): void {
    const { nodeId, state, recordsIn, recordsOut, recordsFailed, logs } = step;
    const before = step.pages === undefined ? undefined : this.#steps.get(nodeId);
    const failures = detail.output.failures.map((failure) => ({ recordKey: failure.record.key, class: failure.class, code: failure.code, message: failure.message }));
    this.#steps.set(nodeId, {
      nodeId, state, recordsIn, recordsOut, recordsFailed, logs,
      durationMs: Math.round(step.durationMs),
      outputsText: before?.outputsText ?? textOfPorts(detail.output.outputs),
      inputText: before?.inputText ?? textOfPorts({ in: detail.records }),
      failures: [...(before?.failures ?? []), ...failures],
      calls: this.#calls.get(nodeId) ?? [],
    });
  }

  effect(effect: EffectRecord): void {
    this.#settled.set(effect.key, effect.result);
  }

  exception(): void {
    // Failures are shown with their step; nobody is asked to deal with them.
  }

  remembered(nodeId: string, recordKey: string): Json | undefined {
    return this.#memories.get(`${nodeId} ${recordKey}`);
  }

  remember({ nodeId, recordKey, value }: Memory): void {
    const name = `${nodeId} ${recordKey}`;
    if (!this.#memories.has(name)) this.#memories.set(name, value);
  }

  get pageUnderWay(): PageState | null {
    return this.#page;
  }

  turnPage(page: PageState): void {
    this.#page = page;
  }

  checkpoint(name: string, value: Json): void {
    this.note(this.#setterOf(name), `held: checkpoint ${name} = ${stringifyJson(value)}`.slice(0, LONGEST_NOTE));
  }

  async sync(): Promise<void> {
    // Nothing to make durable.
  }
}

function textOfPorts(ports: Record<string, DataRecord[]>): string {
  const plain: Record<string, Json> = {};
  for (const port in ports) plain[port] = (ports[port] ?? []).map(({ key, data }) => ({ key, data }));
  return stringifyJson(plain);
}
