import type { Json } from '#engine/flow/json.ts';
import type { CallRequest, CallResult, DataRecord, FailureClass, StepOutput } from '#engine/nodes/step.ts';
import type { RunFailure } from './outcome.ts';

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
  /** JSON text `{port: [{key, data?}]}`; null when nothing came out, and after the first page of a paged run. */
  payload: string | null;
  /**
   * Pages this record sums up; absent outside of pages. A step of a paged run is told again and again with growing sums; the last
   * telling counts, and a payload of null leaves the one of the first page in place.
   */
  pages?: number;
}

/** What went in and came out, for journals that keep it in full. */
export interface StepDetail {
  records: DataRecord[];
  output: StepOutput;
}

/** A call that was answered for good: done, refused by the vendor, or given up. */
export interface EffectRecord {
  key: string;
  nodeId: string;
  recordKey: string;
  /** False for a mere read. */
  writes: boolean;
  request: CallRequest;
  result: CallResult;
  /** `failed`: refused, or given up after the last attempt; no later attempt of the run asks again. */
  status: 'done' | 'failed';
  /** See {@link PageState.page}; 0 outside of pages. */
  page: number;
}

/** What a step did on several pages. */
export type StepSum = Pick<StepRecord, 'recordsIn' | 'recordsOut' | 'recordsFailed' | 'outputs' | 'durationMs' | 'startedAt'>;

/** Where a paged run is: the page under way, written down before anything is done with it. */
export interface PageState {
  /** The paged source, the record it reads pages for, and the page's number for that record, from 1. */
  nodeId: string;
  recordKey: string;
  number: number;
  /** Pages turned in the whole run, from 1; names the page in effects and exchanges. */
  page: number;
  /** The page's records, JSON text of an array: after a crash the same page is worked on, whatever the far end says by then. */
  body: string;
  /** Where the next page begins; null: this is the last of its record. */
  next: Json | null;
  /** What steps took along from the pages before, by node id. */
  carries: Record<string, Json>;
  /** Sums over the pages before, by node id. */
  totals: Record<string, StepSum>;
  recordsIn: number;
  recordsFailed: number;
  /** The first failure for good on the pages before. */
  failure: RunFailure | null;
  /** The source gave this page up; it is empty, and what steps have gathered so far goes on. */
  refused: RunFailure | null;
  /** The attempt in which it was turned: attempts are counted from here. */
  attempt: number;
  /** Marks the source set while it read this page; they are set once the page is done. */
  checkpoints: Record<string, Json>;
  /** Nothing is left to do with it (its body is let go); only the next one could not be read yet. */
  done: boolean;
}

/** A record that needs a person. */
export interface ExceptionRecord {
  nodeId: string;
  /**
   * See {@link PageState.page}; 0 outside of pages. An exception of an earlier page does not come up again in a later attempt, and
   * is not gone for that.
   */
  page: number;
  record: DataRecord;
  class: FailureClass;
  code: string;
  message: string;
}

/** What a step remembers for a record. The first value stays. */
export interface Memory {
  nodeId: string;
  recordKey: string;
  value: Json;
  /** See {@link PageState.page}; 0 outside of pages. */
  page: number;
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
  /** What a step remembered for a record, in an earlier attempt or this one (StatePort). */
  remembered(nodeId: string, recordKey: string): Json | undefined;
  remember(memory: Memory): void;
  /**
   * The page an earlier attempt was working on. Then effects and memories of this page and those outside of pages (page 0) are
   * needed, nothing of the pages before.
   */
  readonly pageUnderWay: PageState | null;
  /** Begins a page: replaces the one before. */
  turnPage(page: PageState): void;
  /** Takes effect together with the next page turn, or with the end of the run; dropped when the run fails before. */
  checkpoint(name: string, value: Json): void;
  sync(): Promise<void>;
}

/** This process no longer holds the lane the run belongs to. */
export class StaleRun extends Error {
  constructor() {
    super('The lease of the lane was taken over.');
    this.name = 'StaleRun';
  }
}
