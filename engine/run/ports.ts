import type { CallRequest, CallResult, EvaluateRequest, EvaluateResult, StatePort } from '#engine/nodes/step.ts';

/** One call as the interpreter hands it to the outside: the step's request plus what makes it repeatable. */
export interface PortCall {
  nodeId: string;
  attempt: number;
  /** Stable name of the effect, see effect-key.ts. Sent in the request's idempotency header. */
  effectKey: string;
  /** The call changes something (anything but GET, HEAD, OPTIONS). */
  writes: boolean;
  /** See PageState.page; 0 outside of pages. Calls of later pages are recorded without bodies unless they failed. */
  page: number;
  request: CallRequest;
}

/** The part of {@link StatePort} that is done in the world; the rest the interpreter does through the journal. */
export type HostState = Omit<StatePort, 'remember' | 'writeCheckpoint'>;

/** Everything the interpreter can do to the world. No Postgres, no HTTP: adapters live in engine/host and engine/testing. */
export interface RunPorts {
  call(call: PortCall): Promise<CallResult>;
  evaluate(request: EvaluateRequest): Promise<EvaluateResult>;
  /** The installation's own state as this node of this run sees it. Memory of steps is the journal's, not this port's. */
  state(nodeId: string): HostState;
  /** Epoch milliseconds. */
  now(): number;
  /** A number in [0, 1). */
  random(): number;
}
