import type { FailureClass } from '#engine/nodes/step.ts';

/** Why a run failed or waits: its first failure. */
export interface RunFailure {
  class: FailureClass;
  code: string;
  message: string;
}

/** How one attempt of a run ended. */
export interface RunOutcome {
  state: 'succeeded' | 'failed' | 'waiting';
  recordsIn: number;
  /** Records handed to a person; while waiting, also those that will be tried again. */
  recordsFailed: number;
  failure: RunFailure | null;
  /** Present when waiting. */
  retry: {
    /** Epoch milliseconds. */
    at: number;
    /** False when only rate limits were met: the next execution carries the same attempt number. */
    spendsAttempt: boolean;
    /**
     * Why it waits, for "why is this waiting": a failure's code, or the reason of a hold. `ref`: the connection whose call failed,
     * the node that holds a record.
     */
    code?: string;
    ref?: string | null;
    /** Later events of the same ordering key go on meanwhile (a debounce that held them up could never see a newer one). */
    letsOthersPass?: boolean;
  } | null;
}
