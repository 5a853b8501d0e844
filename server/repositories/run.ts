import { and, desc, eq, gte, inArray, lt, or, sql } from 'drizzle-orm';
import { flow, flowVersion, retailer, run, runKey } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import type { RunListItem, RunState } from '../views/run.ts';

export interface RunPosition {
  startedAt: Date;
  id: string;
}

export interface RunFilter {
  retailerId?: string;
  flowId?: string;
  state?: RunState;
  from?: Date;
  to?: Date;
  /** A business key, or the beginning of one. */
  key?: string;
  /** Id of a run or of its event. */
  id?: string;
  after: RunPosition | null;
  limit: number;
}

const fields = {
  id: run.id,
  retailerId: run.retailerId,
  retailerName: retailer.name,
  flowId: run.flowId,
  flowName: flow.name,
  versionNumber: run.versionNumber,
  trigger: run.trigger,
  state: run.state,
  attempt: run.attempt,
  startedAt: run.startedAt,
  finishedAt: run.finishedAt,
  durationMs: run.durationMs,
  recordsIn: run.recordsIn,
  recordsFailed: run.recordsFailed,
  businessKeys: run.businessKeys,
  failureClass: run.failureClass,
  failureCode: run.failureCode,
  failureMessage: run.failureMessage,
  nextAttemptAt: run.nextAttemptAt,
  pages: run.pages,
  waitingCode: run.waitingCode,
  originRunId: run.originRunId,
  replayId: run.replayId,
};

/** One page, newest first, by key: the position is where the page before ended, so new runs never shift it. */
export async function listRuns(tx: Tx, filter: RunFilter): Promise<RunListItem[]> {
  const { after } = filter;
  const rows = await tx.db
    .select(fields)
    .from(run)
    .innerJoin(flow, eq(flow.id, run.flowId))
    .innerJoin(retailer, eq(retailer.id, run.retailerId))
    .where(
      and(
        owned(tx, run),
        filter.retailerId === undefined ? undefined : eq(run.retailerId, filter.retailerId),
        filter.flowId === undefined ? undefined : eq(run.flowId, filter.flowId),
        filter.state === undefined ? undefined : eq(run.state, filter.state),
        filter.from === undefined ? undefined : gte(run.startedAt, filter.from),
        filter.to === undefined ? undefined : lt(run.startedAt, filter.to),
        filter.id === undefined ? undefined : or(eq(run.id, filter.id), eq(run.eventId, filter.id)),
        filter.key === undefined ? undefined : inArray(run.id, runsWithKey(tx, { key: filter.key, retailerId: filter.retailerId })),
        after === null ? undefined : sql`(${run.startedAt}, ${run.id}) < (${after.startedAt.toISOString()}::timestamptz, ${after.id}::uuid)`,
      ),
    )
    .orderBy(desc(run.startedAt), desc(run.id))
    .limit(filter.limit);
  return rows.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  }));
}

/** The key column has C collation, so a prefix is a range; the tenant's retailers are named so that the primary key serves it. */
export function runsWithKey(tx: Tx, search: { key: string; retailerId: string | undefined }) {
  const retailers = tx.db.select({ id: retailer.id }).from(retailer).where(eq(retailer.partnerId, tx.partnerId));
  return tx.db
    .select({ id: runKey.runId })
    .from(runKey)
    .where(
      and(
        search.retailerId === undefined ? inArray(runKey.retailerId, retailers) : eq(runKey.retailerId, search.retailerId),
        gte(runKey.key, search.key),
        lt(runKey.key, `${search.key}\u{10FFFF}`),
      ),
    );
}

export type RunRow = RunListItem & { versionId: string; eventId: string; eventReceivedAt: Date; triggerNodeId: string; docText: string };

export async function findRun(tx: Tx, runId: string): Promise<RunRow | null> {
  const [row] = await tx.db
    .select({ ...fields, versionId: run.versionId, eventId: run.eventId, eventReceivedAt: run.eventReceivedAt, triggerNodeId: run.nodeId, docText: flowVersion.doc })
    .from(run)
    .innerJoin(flow, eq(flow.id, run.flowId))
    .innerJoin(retailer, eq(retailer.id, run.retailerId))
    .innerJoin(flowVersion, eq(flowVersion.id, run.versionId))
    .where(and(owned(tx, run), eq(run.id, runId)));
  if (row === undefined) return null;
  return {
    ...row,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
  };
}

export interface Reenqueued {
  flowId: string;
  retailerId: string;
  lane: number;
  ring: boolean;
}

/** Puts a failed run's event back into its lane for one more attempt. @returns null when the run is not failed (any more). */
export async function reenqueueRun(tx: Tx, runId: string): Promise<Reenqueued | null> {
  const rows = await tx.db.execute<{ flow_id: string; retailer_id: string; lane: number; ring: boolean }>(
    sql`select flow_id, retailer_id, lane, ring from weft_reenqueue(${runId}::uuid)`,
  );
  const row = rows[0];
  return row === undefined ? null : { flowId: row.flow_id, retailerId: row.retailer_id, lane: row.lane, ring: row.ring };
}
