/** What the far end does with calls; everything not said is off. Shares are between 0 and 1 and decided per call from the seed. */
export interface FarProgram {
  delayMs?: number;
  /** Share answered with 500, nothing applied. */
  errors?: number;
  /** Share never answered, nothing applied. */
  silences?: number;
  /** Share applied, then cut without an answer. */
  resets?: number;
  /** Everything is answered 503. */
  down?: boolean;
  /** Everything is answered 429 with this Retry-After, in seconds. */
  limitedSeconds?: number;
  /** Ids answered 422 for good. */
  refused?: string[];
  /** Ids answered 503 until told otherwise. */
  failing?: string[];
}

/** One call as the far end wrote it down, before it answered. */
export interface FarCall {
  n: number;
  /** Epoch milliseconds. */
  at: number;
  method: string;
  path: string;
  /** The idempotency key, '' without one. */
  key: string;
  /** `id` of the body. */
  id: string;
  /** `tenant` of the body. */
  tenant: string;
  /** Of the body. */
  digest: string;
  /** True when the far end did what it was asked to. */
  applied: boolean;
  /** The status answered; 0: none was. */
  status: number;
  /** Calls of the same tenant under way, this one included. */
  open: number;
  /** Process that made the call; 0 where the system does not say. */
  pid: number;
}

/** A message to the far end: a new program, or null to be told the figures only. */
export interface FarOrder {
  ask: number;
  program: FarProgram | null;
}

export interface FarStats {
  calls: number;
  keys: number;
  mostOpen: Record<string, number>;
}
