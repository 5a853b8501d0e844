import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import * as approvals from '../repositories/approval.ts';
import type { ApprovalRow } from '../repositories/approval.ts';
import { namesOf } from '../repositories/people.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { ApprovalView } from '../views/approval.ts';
import { nameIn } from './flow.ts';
import { requireRetailer } from './retailer.ts';

const listed = 200;

/** Questions that wait for a person, the most urgent first; or those that were answered, newest first. */
export function listApprovals(scope: Scope, input: { open: boolean; retailerId?: string }): Promise<ApprovalView[]> {
  return scope.read(async (tx) => {
    if (input.retailerId !== undefined) await requireRetailer(tx, input.retailerId);
    return toViews(tx, await approvals.listApprovals(tx, { ...input, limit: listed }));
  });
}

export function countApprovals(scope: Scope): Promise<{ open: number }> {
  return scope.read(async (tx) => ({ open: await approvals.countOpenApprovals(tx) }));
}

export function getApproval(scope: Scope, approvalId: string): Promise<ApprovalView> {
  return scope.read(async (tx) => {
    const row = await approvals.findApproval(tx, approvalId);
    const [view] = row === null ? [] : await toViews(tx, [row]);
    if (view === undefined) throw new AppError('not_found', { reason: 'approval' });
    return view;
  });
}

/**
 * A person's word; the run goes on at once. The first one counts.
 * @throws AppError `conflict` with reason `decided` when somebody was faster, or nobody answered in time
 */
export function decideApproval(scope: Scope, input: { approvalId: string; decision: 'approved' | 'rejected'; note: string }): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    const row = await approvals.findApproval(tx, input.approvalId);
    if (row === null) throw new AppError('not_found', { reason: 'approval' });
    const decided = await approvals.decideApproval(tx, row.id, { state: input.decision, by: scope.actor.id, note: input.note });
    if (!decided) throw new AppError('conflict', { reason: 'decided' });
    const lane = await approvals.wakeRun(tx, row.runId);
    if (lane !== null) await scope.runtime.doorbells.ringLane(tx, lane);
    scope.note({ runId: row.runId, title: row.title });
    return { id: row.id };
  });
}

async function toViews(tx: Tx, rows: readonly ApprovalRow[]): Promise<ApprovalView[]> {
  const names = await namesOf(tx, rows.map((row) => row.decidedBy));
  return rows.map(({ decidedBy, ...row }) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    timeoutAt: row.timeoutAt.toISOString(),
    decidedAt: row.decidedAt?.toISOString() ?? null,
    decidedByName: nameIn(names, decidedBy),
  }));
}
