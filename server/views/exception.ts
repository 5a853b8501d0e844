import type { FailureClass } from '#engine/nodes/step.ts';

export const exceptionStates = ['open', 'resolved'] as const;
export type ExceptionState = (typeof exceptionStates)[number];

/** Why a person closes one without another attempt. */
export const exceptionReasons = ['fixed_elsewhere', 'not_needed', 'duplicate', 'other'] as const;
export type ExceptionReason = (typeof exceptionReasons)[number];

export interface ExceptionListItem {
  id: string;
  retailerId: string;
  retailerName: string;
  flowId: string;
  flowName: string;
  runId: string;
  nodeId: string;
  /** The node's name in the version the run is pinned to. */
  nodeLabel: string;
  recordKey: string;
  class: FailureClass;
  code: string;
  message: string;
  businessKeys: string[];
  state: ExceptionState;
  openedAt: string;
  resolvedAt: string | null;
  reason: ExceptionReason | null;
  assignedTo: string | null;
  assignedToName: string | null;
}

export interface ExceptionPage {
  items: ExceptionListItem[];
  nextCursor: string | null;
}

/** Exceptions of one flow that failed at the same node for the same reason. */
export interface ExceptionCause {
  flowId: string;
  flowName: string;
  retailerId: string;
  retailerName: string;
  nodeId: string;
  nodeLabel: string;
  class: FailureClass;
  code: string;
  /** Names the cause within node and code: what differs from record to record is left out of it. */
  cause: string;
  /** What the newest of them said. */
  message: string;
  count: number;
  oldestAt: string;
  newestAt: string;
}

export type ExceptionEventKind = 'opened' | 'assigned' | 'edited' | 'retried' | 'resolved' | 'reopened' | 'noted';

export interface ExceptionEventView {
  id: string;
  at: string;
  /** Null: the engine, or somebody this person may not see. */
  actorName: string | null;
  byEngine: boolean;
  kind: ExceptionEventKind;
  /** A note's text, a reason's code, the name of who it was given to. */
  detail: string;
}

export interface ExceptionDetail extends ExceptionListItem {
  /** JSON text of the record that needs a person. */
  dataText: string;
  runState: string;
  versionNumber: number;
  /** The run has ended as failed, so that another attempt can be made. */
  retryable: boolean;
  history: ExceptionEventView[];
}
