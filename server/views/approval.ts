export const approvalStates = ['open', 'approved', 'rejected', 'timeout'] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** A record that waits for a person's word. */
export interface ApprovalView {
  id: string;
  retailerId: string;
  retailerName: string;
  flowId: string;
  flowName: string;
  runId: string;
  nodeId: string;
  recordKey: string;
  title: string;
  detail: string;
  /** The record, JSON text. */
  dataText: string;
  businessKeys: string[];
  state: ApprovalState;
  createdAt: string;
  /** The run goes on by itself then, on the way for "nobody answered". */
  timeoutAt: string;
  decidedByName: string | null;
  decidedAt: string | null;
  note: string;
}
