import { stringifyJson, type Json } from '#engine/flow/json.ts';
import type { CallResult, DataRecord, FailureClass } from '#engine/nodes/step.ts';
import type { RunJournal, StepDetail, StepRecord } from '#engine/run/journal.ts';

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

/** The journal of a test run: kept in memory, in full. */
export class TrialJournal implements RunJournal {
  readonly steps: TrialStep[] = [];
  readonly #calls = new Map<string, TrialCall[]>();

  settled(): CallResult | undefined {
    return undefined;
  }

  call(nodeId: string, call: TrialCall): void {
    const calls = this.#calls.get(nodeId);
    if (calls) calls.push(call);
    else this.#calls.set(nodeId, [call]);
  }

  step(step: StepRecord, detail: StepDetail): void {
    const { nodeId, state, recordsIn, recordsOut, recordsFailed, logs } = step;
    this.steps.push({
      nodeId, state, recordsIn, recordsOut, recordsFailed, logs,
      durationMs: Math.round(step.durationMs),
      outputsText: textOfPorts(detail.output.outputs),
      inputText: textOfPorts({ in: detail.records }),
      failures: detail.output.failures.map((failure) => ({ recordKey: failure.record.key, class: failure.class, code: failure.code, message: failure.message })),
      calls: this.#calls.get(nodeId) ?? [],
    });
  }

  effect(): void {
    // A test run leaves no ledger.
  }

  exception(): void {
    // Failures are shown with their step; nobody is asked to deal with them.
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
