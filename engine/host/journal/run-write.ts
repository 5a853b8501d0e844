import type { EffectRecord, ExceptionRecord, PageState, StepRecord } from '#engine/run/journal.ts';
import type { RunFailure } from '#engine/run/outcome.ts';
import type { Lease } from '../lanes/lease.ts';

/** What stays the same over a run's life. Times are epoch milliseconds. */
export interface RunHead {
  runId: string;
  partnerId: string;
  retailerId: string;
  flowId: string;
  environment: string;
  versionId: string;
  versionNumber: number;
  eventId: string;
  receivedAt: number;
  nodeId: string;
  trigger: string;
  startedAt: number;
  businessKeys: string[];
  attempt: number;
  /** Place in the lane. */
  seq: number;
}

/** A call and its answer as recorded: masked already. */
export interface ExchangeRecord {
  id: string;
  nodeId: string;
  recordKey: string;
  attempt: number;
  connectionId: string | null;
  method: string;
  url: string;
  /** JSON text. */
  requestHeaders: string;
  requestBody: string | null;
  status: number | null;
  responseHeaders: string | null;
  responseBody: string | null;
  failureClass: string | null;
  failureCode: string | null;
  startedAt: number;
  durationMs: number;
}

/** A call within its run. */
export interface RunExchange extends ExchangeRecord {
  page: number;
}

/** An effect with the recorded call behind it. */
export interface LedgerRecord extends EffectRecord {
  exchangeId: string | null;
  requestHash: string;
  at: number;
}

export interface OpenedException extends ExceptionRecord {
  id: string;
  at: number;
  /** The record as JSON text. */
  dataText: string;
}

/** What happens to the event's place in its lane. */
export type EntryChange =
  | { type: 'keep'; attempt: number }
  | { type: 'done' }
  /** Comes again; `dueAt` in epoch milliseconds. `code`, `ref`: why it waits. */
  | { type: 'later'; dueAt: number; attempt: number; code: string | null; ref: string | null; letsPass: boolean };

export interface Memo {
  nodeId: string;
  recordKey: string;
  /** 0 outside of pages. */
  page: number;
  /** JSON text. */
  value: string;
}

/** What a run that ended without an answer leaves for whoever waits for one. */
export interface EndReply {
  outcome: 'ended' | 'failed';
  status: number;
  code: string | null;
  message: string;
}

/** What a run keeps beside its journal. Most runs keep nothing, so it is written by a statement of its own (state-statement.ts). */
export interface StateWrite {
  /** The page begun; those before it and their memos are forgotten. */
  page: PageState | null;
  memos: Memo[];
  /** `[name, JSON text]` */
  checkpoints: [string, string][];
  /** The run is over: its page and memos go. */
  ended: boolean;
  reply: EndReply | null;
}

/** One piece of a run's journal; the pieces of all runs under way are written together. */
export interface RunWrite {
  lease: Lease;
  head: RunHead;
  state: 'running' | 'waiting' | 'succeeded' | 'failed';
  finishedAt: number | null;
  /** 1, or what a paged run has read. */
  recordsIn: number;
  recordsFailed: number;
  failure: RunFailure | null;
  nextAttemptAt: number | null;
  waitingCode: string | null;
  /** Pages turned so far. */
  pages: number;
  steps: StepRecord[];
  exchanges: RunExchange[];
  effects: LedgerRecord[];
  exceptions: OpenedException[];
  /** Exceptions of earlier attempts that did not come up again: `[nodeId, recordKey]`. */
  resolved: [string, string][];
  entry: EntryChange;
  /** Null for most runs. */
  kept: StateWrite | null;
}
