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
  trigger: 'webhook' | 'schedule' | 'manual' | 'api' | 'poll' | 'flow';
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

/** Why a record stays in its step for now; texts at `waiting.<reason>`. */
export type HoldReason = 'wait' | 'approval' | 'coalesce' | 'flow_call';

/** A record that stays in its step until a moment, or until somebody wakes its run before. It holds no worker slot. */
export interface RecordHold {
  record: DataRecord;
  reason: HoldReason;
  /** Epoch milliseconds at which the step looks at the record again at the latest. */
  until: number;
  /** Later events of the same ordering key need not wait behind it. */
  letsOthersPass?: boolean;
}

export interface StepOutput {
  /** By port id; a port without records may be left out. */
  outputs: Record<string, DataRecord[]>;
  failures: RecordFailure[];
  /** Records that come again later. Spends no attempt. */
  holds?: RecordHold[];
  /** What the step takes along to the next page (kinds with `carries`). Bounded: it is written down with every page. */
  carry?: Json;
  logs?: string[];
}

/** Everything a step can do to the world. */
export interface StepPorts {
  call(request: CallRequest): Promise<CallResult>;
  evaluate(request: EvaluateRequest): Promise<EvaluateResult>;
  state: StatePort;
  /** Epoch milliseconds. */
  now(): number;
}

/** One page of a paged source. */
export interface SourcePage {
  /** What the source gave; keys are made by the interpreter, stable by page and place. */
  records: Json[];
  /** Where the next page begins; null: this was the last one. Written down before the page is worked on. */
  next: Json | null;
  failure?: Omit<RecordFailure, 'record'>;
  logs?: string[];
}

/** A moving mark such as "changed up to": visible, editable, every version kept. */
export interface Checkpoint {
  value: Json;
  version: number;
}

export type CoalesceAnswer = { state: 'hold'; until: number } | { state: 'pass' } | { state: 'superseded' };
export type ApprovalAnswer =
  | { state: 'open'; until: number }
  | { state: 'approved' | 'rejected'; by: string; note: string; at: number }
  | { state: 'timeout' };
export type FlowCallAnswer =
  | { state: 'open'; until: number }
  | { state: 'answered'; status: number; data: Json }
  | { state: 'failed'; code: string; message: string }
  | { state: 'timeout' };
/** `failed`: nobody was told, and nobody will be. */
export type PublishAnswer = { state: 'published'; listeners: number } | { state: 'failed'; code: 'payload_too_large' | 'flow_event_circle'; message: string };

/**
 * What the installation itself keeps for flows. Every operation may be repeated with the same record key after a crash and then
 * does, and answers, the same. In a test run nothing is written for good, and what would wait goes on at once.
 */
export interface StatePort {
  /** The first value given for a record wins, over all attempts of the run: "the moment the wait began". */
  remember(recordKey: string, value: Json): Promise<Json>;
  /** Dedupe: true for the first record with a key within the window, one answer per entry, in order. */
  claim(request: { windowMs: number; entries: readonly { recordKey: string; key: string }[] }): Promise<boolean[]>;
  /** Debounce: the latest record of a key within the window goes on, the ones before are superseded. */
  coalesce(request: { recordKey: string; key: string; windowMs: number }): Promise<CoalesceAnswer>;
  /** Cross-reference: for ids of system `from`, the ids in system `to`; null where there is none. Works in both directions. */
  xrefGet(request: { entity: string; from: string; to: string; entries: readonly { recordKey: string; id: string }[] }): Promise<(string | null)[]>;
  /** Says that id `left` here is id `right` there; a pair that is known is written over. */
  xrefPut(request: { entity: string; left: string; right: string; pairs: readonly { recordKey: string; leftId: string; rightId: string }[] }): Promise<void>;
  /** Rows of a lookup table by their key; null where there is none. `found` false: there is no such table. */
  lookup(request: { table: string; keys: readonly string[] }): Promise<{ found: boolean; rows: (Json | null)[] }>;
  approval(request: { recordKey: string; title: string; detail: string; data: Json; timeoutAt: number }): Promise<ApprovalAnswer>;
  /** Calls another flow of the same retailer and waits for what it responds. */
  callFlow(request: { recordKey: string; flowId: string; data: Json; timeoutAt: number }): Promise<FlowCallAnswer>;
  /** Hands an event to every live flow of the retailer that listens to this topic. */
  publish(request: { recordKey: string; topic: string; data: Json }): Promise<PublishAnswer>;
  /** Answers whoever waits for this event: an API trigger's caller, a calling flow. The first answer counts. */
  respond(answer: { status: number; headers: [string, string][]; body: Json }): Promise<void>;
  readCheckpoint(name: string): Promise<Checkpoint | null>;
  /** Takes effect when the run's current page is done, or never. */
  writeCheckpoint(name: string, value: Json): void;
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
  /** False: this call may be tried elsewhere in the run again (a page that was read); its answer is not journalled. */
  settle?: boolean;
}

export type CallResult =
  | {
      ok: true;
      status: number;
      headers: Record<string, string>;
      bodyText: string;
      exchangeId: string;
      /** The full address that answered; relative links of the answer are meant against it. */
      url?: string;
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
  /**
   * `javascript`: body of a function of `record`. `jsonata`: an expression over the record. `jsonata-list`: JSON text of a list of
   * expressions; each record says which of them it asks (engine/mapping/guest/formulas.js).
   */
  language?: 'javascript' | 'jsonata' | 'jsonata-list';
  script: string;
  /** JSON text: array of `{ key, data }`. */
  input: string;
  timeoutMs: number;
  memoryMb: number;
}

export type EvaluateResult =
  | {
      ok: true;
      /** JSON text: array of `{ key, results: Json[] }` or `{ key, error: { message, line?, position? } }`, one a line. */
      output: string;
      logs: string[];
    }
  | {
      ok: false;
      kind: 'syntax' | 'timeout' | 'memory' | 'crashed' | 'output_too_large' | 'unavailable';
      message: string;
      line?: number;
      /** In a JSONata expression: characters up to where it could not go on. */
      position?: number;
    };

export interface StepInput<C, P> {
  nodeId: string;
  config: C;
  prepared: P;
  /** Everything that arrived, whatever the port. */
  records: DataRecord[];
  /** By input port, for kinds that have more than one. */
  inputs: Readonly<Record<string, readonly DataRecord[]>>;
  event: EventInfo;
  ports: StepPorts;
  /** Where in a paged run this is; a run without a paged source is one page, the last. */
  page: { number: number; last: boolean; carry: Json | undefined };
}

/** A source is asked for one page at a time, for each record that reached it in turn. */
export interface SourceInput<C, P> extends Omit<StepInput<C, P>, 'records' | 'inputs' | 'page'> {
  record: DataRecord;
  /** From 1, counted per record. */
  number: number;
  /** What the page before gave as `next`; null for the first one. */
  cursor: Json | null;
}
