import type { CallRequest, CallResult, DataRecord, FailureClass, StepOutput } from '#engine/nodes/step.ts';

/** What one attempt of one node did. Times are epoch milliseconds. */
export interface StepRecord {
  nodeId: string;
  attempt: number;
  state: 'succeeded' | 'failed' | 'waiting';
  recordsIn: number;
  recordsOut: number;
  /** Records per output port. */
  outputs: Record<string, number>;
  recordsFailed: number;
  startedAt: number;
  durationMs: number;
  logs: string[];
  /** JSON text `{port: [{key, data?}]}`; null when nothing came out. */
  payload: string | null;
}

/** What went in and came out, for journals that keep it in full. */
export interface StepDetail {
  records: DataRecord[];
  output: StepOutput;
}

/** A call that was answered for good: done, or refused by the vendor. */
export interface EffectRecord {
  key: string;
  nodeId: string;
  recordKey: string;
  /** False for a mere read. */
  writes: boolean;
  request: CallRequest;
  result: CallResult;
  status: 'done' | 'failed';
}

/** A record that needs a person. */
export interface ExceptionRecord {
  nodeId: string;
  record: DataRecord;
  class: FailureClass;
  code: string;
  message: string;
}

/**
 * The memory of one run. Writes are buffered; `sync` resolves once all of them are durable. A journal that has lost its
 * lease rejects `sync` with {@link StaleRun}, and the run stops quietly: somebody else is doing it.
 */
export interface RunJournal {
  /** The answer to an effect that an earlier attempt settled; it is not done again. */
  settled(key: string): CallResult | undefined;
  step(step: StepRecord, detail: StepDetail): void;
  effect(effect: EffectRecord): void;
  /** Opening the same (node, record) twice in a run opens it once. */
  exception(exception: ExceptionRecord): void;
  sync(): Promise<void>;
}

/** This process no longer holds the lane the run belongs to. */
export class StaleRun extends Error {
  constructor() {
    super('The lease of the lane was taken over.');
    this.name = 'StaleRun';
  }
}
