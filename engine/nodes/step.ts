import type { Json } from '../flow/json.ts';

/** What to do about a failure: see docs of the run's `failure.ts`. */
export const FAILURE_CLASSES = ['transient', 'limited', 'auth', 'data', 'bug'] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** One business object inside a run. */
export interface DataRecord {
  /** Stable path inside the event: "0", "0.3" (fourth part of the first), "b1" (second batch). Part of every effect's key. */
  key: string;
  data: Json;
}

/** What a step may know of the event it works on. */
export interface EventInfo {
  id: string;
  /** ISO instant at which the event was accepted. */
  receivedAt: string;
  trigger: 'webhook' | 'schedule' | 'manual' | 'api';
  flowId: string;
  runId: string;
  environment: string;
  /** Writes may be held back by the `call` port. */
  test: boolean;
}

export interface RecordFailure {
  record: DataRecord;
  class: FailureClass;
  /** Text at `failures.<code>` (list: engine/nodes/failure-codes.ts). */
  code: string;
  /** Technical detail for the log: the vendor's answer, the script's error. Not translated. */
  message: string;
  params?: Record<string, string | number>;
  retryAfterMs?: number;
  exchangeId?: string;
}

export interface StepOutput {
  /** By port id; a port without records may be left out. */
  outputs: Record<string, DataRecord[]>;
  failures: RecordFailure[];
  logs?: string[];
}

/** Everything a step can do to the world. */
export interface StepPorts {
  call(request: CallRequest): Promise<CallResult>;
  evaluate(request: EvaluateRequest): Promise<EvaluateResult>;
}

export interface CallRequest {
  recordKey: string;
  connectionId: string | null;
  method: string;
  /** Absolute, or a path below the connection's base URL. */
  url: string;
  query: [string, string][];
  headers: [string, string][];
  body: string | null;
  timeoutMs: number;
  /** The header that carries the effect's key; null: none is sent. */
  idempotencyHeader: string | null;
  businessKeys?: string[];
}

export type CallResult =
  | {
      ok: true;
      status: number;
      headers: Record<string, string>;
      bodyText: string;
      exchangeId: string;
      /** A test run did not send this write. */
      held?: boolean;
    }
  | {
      ok: false;
      class: FailureClass;
      code: string;
      message: string;
      status?: number;
      retryAfterMs?: number;
      exchangeId?: string;
      bodyText?: string;
    };

export interface EvaluateRequest {
  /** Body of a function of `record`. */
  script: string;
  /** JSON text: array of `{ key, data }`. */
  input: string;
  timeoutMs: number;
  memoryMb: number;
}

export type EvaluateResult =
  | {
      ok: true;
      /** JSON text: array of `{ key, results: Json[] }` or `{ key, error: { message, line? } }`. */
      output: string;
      logs: string[];
    }
  | {
      ok: false;
      kind: 'syntax' | 'timeout' | 'memory' | 'crashed' | 'output_too_large' | 'unavailable';
      message: string;
      line?: number;
    };

export interface StepInput<C, P> {
  nodeId: string;
  config: C;
  prepared: P;
  records: DataRecord[];
  event: EventInfo;
  ports: StepPorts;
}
