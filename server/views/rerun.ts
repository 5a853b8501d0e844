/**
 * step: one more attempt of the same run, confirmed writes are not repeated · start: the same event on the same version as a
 * new run, every write is made again · newest: on the live version; goes on with what was confirmed where that still counts.
 */
export const rerunModes = ['step', 'start', 'newest'] as const;
export type RerunMode = (typeof rerunModes)[number];

/** A write that the other system has confirmed. */
export interface ConfirmedWrite {
  nodeId: string;
  nodeLabel: string;
  recordKey: string;
  method: string;
  url: string;
  connectionName: string | null;
  businessKeys: string[];
  at: string;
}

export type RerunRefusal = 'under_way' | 'not_failed' | 'paged' | 'not_live' | 'trigger_missing' | 'event_gone';

export interface RerunPreview {
  mode: RerunMode;
  /** Null: it can be done. */
  refusal: RerunRefusal | null;
  /** The version it would run on; null when there is none. */
  versionNumber: number | null;
  /** The same run goes on; else a new one begins. */
  sameRun: boolean;
  /** Confirmed writes that would be made again, the first hundred. */
  repeats: ConfirmedWrite[];
  repeatsTotal: number;
  /** Confirmed writes that would not be repeated. */
  keptTotal: number;
}

export interface RerunStarted {
  /** The run to look at: the same one for a further attempt. */
  id: string;
}
