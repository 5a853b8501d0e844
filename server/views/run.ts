import type { FailureClass } from '#engine/nodes/step.ts';
import type { Trigger } from './event.ts';

export const runStates = ['running', 'waiting', 'succeeded', 'failed'] as const;
export type RunState = (typeof runStates)[number];

export interface RunListItem {
  id: string;
  retailerId: string;
  retailerName: string;
  flowId: string;
  flowName: string;
  versionNumber: number;
  trigger: Trigger;
  state: RunState;
  attempt: number;
  startedAt: string;
  finishedAt: string | null;
  durationMs: number | null;
  recordsIn: number;
  recordsFailed: number;
  businessKeys: string[];
  failureClass: FailureClass | null;
  failureCode: string | null;
  failureMessage: string | null;
  nextAttemptAt: string | null;
  /** Pages turned; 0 for a run without a paged source. */
  pages: number;
  /** Why it waits: a failure's code, or what it was held for. */
  waitingCode: string | null;
  /** The run this one began again from. */
  originRunId: string | null;
  replayId: string | null;
}

export interface RunPage {
  items: RunListItem[];
  nextCursor: string | null;
}

export interface RunStepView {
  nodeId: string;
  attempt: number;
  state: 'succeeded' | 'failed' | 'waiting';
  recordsIn: number;
  recordsOut: number;
  /** Records per output port. */
  outputs: Record<string, number>;
  recordsFailed: number;
  startedAt: string;
  durationMs: number;
  logs: string[];
}

export interface ExceptionView {
  id: string;
  nodeId: string;
  recordKey: string;
  class: FailureClass;
  code: string;
  message: string;
  /** JSON text of the record that needs a person. */
  dataText: string;
  openedAt: string;
  state: 'open' | 'resolved';
}

export interface RunView extends RunListItem {
  /** JSON text of the version this run is pinned to. */
  docText: string;
  steps: RunStepView[];
  exceptions: ExceptionView[];
  /** The attempts that left steps, in order. */
  attempts: number[];
  event: { id: string; receivedAt: string; deliveryId: string | null };
  /** Runs that began again from this one, newest first. */
  reruns: { id: string; state: RunState; startedAt: string }[];
}

export interface CallView {
  id: string;
  recordKey: string;
  method: string;
  url: string;
  requestHeaders: Record<string, string>;
  requestText: string | null;
  status: number | null;
  responseHeaders: Record<string, string>;
  responseText: string | null;
  failureClass: FailureClass | null;
  durationMs: number;
  startedAt: string;
}

/**
 * Input and output are JSON text: `{ port: [{ key, data?, corrected? }] }`, filled in where the journal kept keys only. A record
 * without data is not kept; `corrected`: a person put this data in its place.
 */
export interface RunStepDetail {
  inputText: string;
  outputText: string;
  /** The output was too large: it had so many bytes and records, of which the first are there. */
  outputLeftOut: { size: number; records: number; kept: number } | null;
  /** So was what arrived, where it came from. */
  inputInPart: boolean;
  calls: CallView[];
}

/** Runs of these retailers changed; an empty list means that any may have (on connecting, and after a lost connection). */
export interface RunSignal {
  at: string;
  retailerIds: string[];
}
