import type { RerunMode } from './rerun.ts';

export const replayStates = ['running', 'done', 'cancelled'] as const;
export type ReplayState = (typeof replayStates)[number];

/** Which runs: all that fit everything that is named. */
export interface ReplayFilter {
  retailerId?: string;
  flowId?: string;
  from?: string;
  to?: string;
  /** Only ended runs can run again. */
  state?: 'succeeded' | 'failed';
  failureCode?: string;
  /** A business key, or the beginning of one. */
  search?: string;
}

export interface ReplayPreview {
  mode: RerunMode;
  runs: number;
  /** More runs fit than one replay takes; the oldest ones are taken. */
  capped: boolean;
  /** Runs by flow, the largest first. */
  flows: { flowId: string; flowName: string; retailerName: string; runs: number }[];
  /** Confirmed writes that would be made again, by system. */
  writes: { connectionName: string | null; method: string; count: number }[];
  writesTotal: number;
  /** Seconds it would take at this rate. */
  seconds: number;
}

export interface ReplayView {
  id: string;
  mode: RerunMode;
  filter: ReplayFilter;
  note: string;
  state: ReplayState;
  perSecond: number;
  total: number;
  done: number;
  skipped: number;
  /** How the runs ended that it has begun. */
  succeeded: number;
  failed: number;
  createdByName: string | null;
  createdAt: string;
  finishedAt: string | null;
}
