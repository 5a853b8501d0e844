import type { RunState } from './run.ts';

/**
 * Why an event that was accepted is not finished; texts at messages `waiting.<code>`.
 * A code of a failure (`http_503`, `timeout`, …) is told as `retry` with the failure beside it.
 */
export const waitingCodes = [
  'ordering', 'retry', 'wait', 'approval', 'coalesce', 'flow_call', 'rate_budget', 'concurrency', 'breaker_open', 'connection_paused',
  'flow_held', 'draining', 'no_version', 'flow_full', 'retailer_full', 'queue', 'no_worker', 'running',
] as const;
export type WaitingCode = (typeof waitingCodes)[number];

export interface WaitingView {
  eventId: string;
  /** Null until its first attempt has begun. */
  runId: string | null;
  runState: RunState | null;
  receivedAt: string;
  orderingKey: string | null;
  businessKeys: string[];
  attempt: number;
  code: WaitingCode;
  /** The failure behind `retry`. */
  failureCode: string | null;
  /** What it waits for: the run of the event before, the connection, the approval. */
  ref: { kind: 'run' | 'event' | 'connection' | 'approval'; id: string; name: string | null } | null;
  /** Somebody's words about it: why a flow is held or a connection paused. */
  note: string | null;
  since: string;
  /** Events of its lane before it. */
  position: number;
  until: string | null;
  /** How many runs may be under way at the same time, where that holds it up. */
  cap: number | null;
}
