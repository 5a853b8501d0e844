import { and, asc, desc, eq, gt, ne, sql } from 'drizzle-orm';
import { approval, flow, retailer } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';

const fields = {
  id: approval.id,
  retailerId: approval.retailerId,
  retailerName: retailer.name,
  flowId: approval.flowId,
  flowName: flow.name,
  runId: approval.runId,
  nodeId: approval.nodeId,
  recordKey: approval.recordKey,
  title: approval.title,
  detail: approval.detail,
  dataText: approval.data,
  businessKeys: approval.businessKeys,
  state: approval.state,
  createdAt: approval.createdAt,
  timeoutAt: approval.timeoutAt,
  decidedBy: approval.decidedBy,
  decidedAt: approval.decidedAt,
  note: approval.note,
};

export type ApprovalRow = Awaited<ReturnType<typeof listApprovals>>[number];

/** A question whose time is over is not open any more, even before its run has noticed. */
const stillOpen = and(eq(approval.state, 'open'), gt(approval.timeoutAt, sql`now()`));

/** The most urgent open ones first; decided ones newest first. */
export async function listApprovals(tx: Tx, query: { open: boolean; retailerId?: string; limit: number }) {
  return tx.db
    .select(fields)
    .from(approval)
    .innerJoin(flow, eq(flow.id, approval.flowId))
    .innerJoin(retailer, eq(retailer.id, approval.retailerId))
    .where(and(owned(tx, approval), query.open ? stillOpen : ne(approval.state, 'open'), query.retailerId === undefined ? undefined : eq(approval.retailerId, query.retailerId)))
    .orderBy(...(query.open ? [asc(approval.timeoutAt), asc(approval.id)] : [desc(approval.decidedAt), desc(approval.id)]))
    .limit(query.limit);
}

export async function countOpenApprovals(tx: Tx): Promise<number> {
  const [row] = await tx.db.select({ n: sql<number>`count(*)::int` }).from(approval).where(and(owned(tx, approval), stillOpen));
  return row?.n ?? 0;
}

export async function findApproval(tx: Tx, id: string) {
  const [row] = await tx.db
    .select(fields)
    .from(approval)
    .innerJoin(flow, eq(flow.id, approval.flowId))
    .innerJoin(retailer, eq(retailer.id, approval.retailerId))
    .where(and(owned(tx, approval), eq(approval.id, id)));
  return row ?? null;
}

/** The first word counts. @returns false when there was one already, or its time is over. */
export async function decideApproval(tx: Tx, id: string, word: { state: 'approved' | 'rejected'; by: string; note: string }): Promise<boolean> {
  const rows = await tx.db
    .update(approval)
    .set({ state: word.state, decidedBy: word.by, decidedAt: new Date(), note: word.note })
    .where(and(owned(tx, approval), eq(approval.id, id), stillOpen))
    .returning({ id: approval.id });
  return rows.length > 0;
}

/** Makes a run that waits due now. @returns the lane to ring, if nobody holds it. */
export async function wakeRun(tx: Tx, runId: string): Promise<{ flowId: string; retailerId: string; lane: number } | null> {
  const rows = await tx.db.execute<{ flow_id: string; retailer_id: string; lane: number; ring: boolean }>(sql`select flow_id, retailer_id, lane, ring from weft_wake(${runId}::uuid)`);
  const row = rows.find((one) => one.ring);
  return row === undefined ? null : { flowId: row.flow_id, retailerId: row.retailer_id, lane: row.lane };
}
