import { and, count, desc, eq, inArray, max } from 'drizzle-orm';
import { flowVersion, liveVersion } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import { environment } from './flow.ts';

export interface VersionRow {
  id: string;
  flowId: string;
  number: number;
  hash: string;
  note: string;
  publishedBy: string | null;
  publishedAt: Date;
}

const fields = {
  id: flowVersion.id,
  flowId: flowVersion.flowId,
  number: flowVersion.number,
  hash: flowVersion.hash,
  note: flowVersion.note,
  publishedBy: flowVersion.publishedBy,
  publishedAt: flowVersion.publishedAt,
};

export async function listVersions(tx: Tx, flowId: string): Promise<VersionRow[]> {
  return tx.db
    .select(fields)
    .from(flowVersion)
    .where(and(owned(tx, flowVersion), eq(flowVersion.flowId, flowId)))
    .orderBy(desc(flowVersion.number));
}

export async function findVersion(tx: Tx, versionId: string): Promise<(VersionRow & { docText: string }) | null> {
  const [row] = await tx.db
    .select({ ...fields, docText: flowVersion.doc })
    .from(flowVersion)
    .where(and(owned(tx, flowVersion), eq(flowVersion.id, versionId)));
  return row ?? null;
}

/** Documents of several versions at once. */
export async function versionDocs(tx: Tx, ids: string[]): Promise<{ id: string; docText: string }[]> {
  if (ids.length === 0) return [];
  return tx.db
    .select({ id: flowVersion.id, docText: flowVersion.doc })
    .from(flowVersion)
    .where(and(owned(tx, flowVersion), inArray(flowVersion.id, ids)));
}

export async function countVersions(tx: Tx, flowId: string): Promise<number> {
  const [row] = await tx.db.select({ n: count() }).from(flowVersion).where(and(owned(tx, flowVersion), eq(flowVersion.flowId, flowId)));
  return row?.n ?? 0;
}

/** The number after the last one. Call it with the flow's row locked: two publishers must not get the same. */
export async function nextVersionNumber(tx: Tx, flowId: string): Promise<number> {
  const [row] = await tx.db
    .select({ last: max(flowVersion.number) })
    .from(flowVersion)
    .where(and(owned(tx, flowVersion), eq(flowVersion.flowId, flowId)));
  return (row?.last ?? 0) + 1;
}

export async function insertVersion(
  tx: Tx,
  row: { id: string; flowId: string; retailerId: string; number: number; doc: string; hash: string; note: string; publishedBy: string },
): Promise<void> {
  await tx.db.insert(flowVersion).values({ ...row, partnerId: tx.partnerId });
}

export interface LiveRow {
  versionId: string;
  number: number;
  active: boolean;
  docText: string;
  held: boolean;
  heldReason: string | null;
  heldAt: Date | null;
  /** While set, what came before the flow was resumed is worked off at this rate. */
  drainPerSecond: number | null;
}

export async function findLive(tx: Tx, flowId: string): Promise<LiveRow | null> {
  const [row] = await tx.db
    .select({
      versionId: liveVersion.versionId, number: flowVersion.number, active: liveVersion.active, docText: flowVersion.doc,
      held: liveVersion.held, heldReason: liveVersion.heldReason, heldAt: liveVersion.heldAt, drainPerSecond: liveVersion.drainPerSecond,
    })
    .from(liveVersion)
    .innerJoin(flowVersion, eq(flowVersion.id, liveVersion.versionId))
    .where(and(owned(tx, liveVersion), eq(liveVersion.flowId, flowId), eq(liveVersion.environment, environment)));
  return row ?? null;
}

/** Points the flow at a version and switches it on. */
export async function setLive(tx: Tx, row: { flowId: string; retailerId: string; versionId: string; by: string }): Promise<void> {
  const change = { versionId: row.versionId, active: true, activatedBy: row.by, activatedAt: new Date() };
  await tx.db
    .insert(liveVersion)
    .values({ partnerId: tx.partnerId, retailerId: row.retailerId, flowId: row.flowId, environment, ...change })
    .onConflictDoUpdate({ target: [liveVersion.flowId, liveVersion.environment], set: change });
}

/** Switches the flow off; what was accepted still runs. */
export async function switchOff(tx: Tx, flowId: string, by: string): Promise<void> {
  await tx.db
    .update(liveVersion)
    .set({ active: false, activatedBy: by, activatedAt: new Date() })
    .where(and(owned(tx, liveVersion), eq(liveVersion.flowId, flowId), eq(liveVersion.environment, environment)));
}

/** From now on events are taken in and none is run. @returns false when the flow has no live version. */
export async function holdFlow(tx: Tx, flowId: string, reason: string): Promise<boolean> {
  return changeLive(tx, flowId, { held: true, heldReason: reason, heldAt: new Date() });
}

/** Lets events run again: all at once, or so many a second until those that came meanwhile are done. */
export async function resumeFlow(tx: Tx, flowId: string, drainPerSecond: number | null): Promise<boolean> {
  return changeLive(tx, flowId, { held: false, heldReason: null, heldAt: null, resumedAt: new Date(), drainPerSecond });
}

async function changeLive(tx: Tx, flowId: string, change: Partial<typeof liveVersion.$inferInsert>): Promise<boolean> {
  const rows = await tx.db
    .update(liveVersion)
    .set(change)
    .where(and(owned(tx, liveVersion), eq(liveVersion.flowId, flowId), eq(liveVersion.environment, environment)))
    .returning({ flowId: liveVersion.flowId });
  return rows.length > 0;
}
