import { and, asc, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import { flow, replay, replayItem, retailer, run } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import type { ReplayFilter } from '../views/replay.ts';
import type { RerunMode } from '../views/rerun.ts';
import { uuids } from './rerun.ts';
import { runsWithKey } from './run.ts';

/** Ended runs that fit, oldest first. */
export async function replayableRuns(tx: Tx, asked: { filter: ReplayFilter; mode: RerunMode; limit: number }) {
  const { filter, mode } = asked;
  const states = mode === 'step' ? (['failed'] as const) : filter.state === undefined ? (['succeeded', 'failed'] as const) : ([filter.state] as const);
  return tx.db
    .select({ id: run.id, retailerId: run.retailerId, retailerName: retailer.name, flowId: run.flowId, flowName: flow.name, versionId: run.versionId, state: run.state, pages: run.pages })
    .from(run)
    .innerJoin(flow, eq(flow.id, run.flowId))
    .innerJoin(retailer, eq(retailer.id, run.retailerId))
    .where(
      and(
        owned(tx, run),
        inArray(run.state, [...states]),
        mode === 'step' ? and(eq(run.pages, 0), eq(run.state, filter.state ?? 'failed')) : undefined,
        filter.retailerId === undefined ? undefined : eq(run.retailerId, filter.retailerId),
        filter.flowId === undefined ? undefined : eq(run.flowId, filter.flowId),
        filter.from === undefined ? undefined : gte(run.startedAt, new Date(filter.from)),
        filter.to === undefined ? undefined : lt(run.startedAt, new Date(filter.to)),
        filter.failureCode === undefined ? undefined : eq(run.failureCode, filter.failureCode),
        filter.search === undefined ? undefined : inArray(run.id, runsWithKey(tx, { key: filter.search, retailerId: filter.retailerId })),
      ),
    )
    .orderBy(asc(run.startedAt), asc(run.id))
    .limit(asked.limit);
}

export async function insertReplay(
  tx: Tx,
  row: { id: string; mode: RerunMode; filter: ReplayFilter; note: string; perSecond: number; total: number; createdBy: string },
  runs: readonly { id: string; retailerId: string }[],
): Promise<void> {
  await tx.db.insert(replay).values({ ...row, filter: { ...row.filter }, partnerId: tx.partnerId });
  await tx.db.execute(sql`
    insert into replay_item (partner_id, retailer_id, replay_id, run_id, position)
    select ${tx.partnerId}::uuid, w.retailer_id, ${row.id}::uuid, w.run_id, w.position
    from unnest(${uuids(runs.map((one) => one.id))}::uuid[], ${uuids(runs.map((one) => one.retailerId))}::uuid[]) with ordinality as w (run_id, retailer_id, position)`);
}

export type ReplayRow = typeof replay.$inferSelect;

const mine = (tx: Tx) => eq(replay.partnerId, tx.partnerId);

export async function findReplay(tx: Tx, id: string): Promise<ReplayRow | null> {
  const [row] = await tx.db.select().from(replay).where(and(mine(tx), eq(replay.id, id)));
  return row ?? null;
}

export async function listReplays(tx: Tx, limit: number): Promise<ReplayRow[]> {
  return tx.db.select().from(replay).where(mine(tx)).orderBy(desc(replay.createdAt), desc(replay.id)).limit(limit);
}

/** How the runs of a replay stand. */
export async function replayOutcomes(tx: Tx, id: string): Promise<{ succeeded: number; failed: number }> {
  const [row] = await tx.db
    .select({ succeeded: sql<number>`count(*) filter (where ${run.state} = 'succeeded')::int`, failed: sql<number>`count(*) filter (where ${run.state} = 'failed')::int` })
    .from(replayItem)
    .innerJoin(run, eq(run.id, replayItem.newRunId))
    .where(and(owned(tx, replayItem), eq(replayItem.replayId, id), eq(replayItem.state, 'done')));
  return row ?? { succeeded: 0, failed: 0 };
}

/** @returns false when it had ended already. */
export async function cancelReplay(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.db
    .update(replay)
    .set({ state: 'cancelled', finishedAt: new Date() })
    .where(and(mine(tx), eq(replay.id, id), eq(replay.state, 'running')))
    .returning({ id: replay.id });
  return rows.length > 0;
}
