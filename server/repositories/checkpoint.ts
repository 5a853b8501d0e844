import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { checkpoint } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import { environment } from './flow.ts';

const fields = {
  name: checkpoint.name,
  version: checkpoint.version,
  valueText: checkpoint.value,
  setBy: checkpoint.setBy,
  runId: checkpoint.runId,
  note: checkpoint.note,
  setAt: checkpoint.createdAt,
};

export type CheckpointRow = Awaited<ReturnType<typeof listCheckpoints>>[number];

const of = (tx: Tx, flowId: string) => and(owned(tx, checkpoint), eq(checkpoint.flowId, flowId), eq(checkpoint.environment, environment));

/** The version of each checkpoint that counts, by name. */
export async function listCheckpoints(tx: Tx, flowId: string) {
  return tx.db.selectDistinctOn([checkpoint.name], fields).from(checkpoint).where(of(tx, flowId)).orderBy(asc(checkpoint.name), desc(checkpoint.version));
}

/** Newest first. */
export async function checkpointHistory(tx: Tx, at: { flowId: string; name: string }, limit: number): Promise<CheckpointRow[]> {
  return tx.db.select(fields).from(checkpoint).where(and(of(tx, at.flowId), eq(checkpoint.name, at.name))).orderBy(desc(checkpoint.version)).limit(limit);
}

/** Moves a checkpoint. @returns the version it has now; the value it had already makes no new one. */
export async function setCheckpoint(tx: Tx, change: { flowId: string; retailerId: string; name: string; valueText: string; by: string; note: string }): Promise<number> {
  const rows = await tx.db.execute<{ version: number }>(sql`
    select weft_set_checkpoint(${tx.partnerId}::uuid, ${change.retailerId}::uuid, ${change.flowId}::uuid, ${environment}, ${change.name}, ${change.valueText}, ${change.by}, null) as version`);
  const version = rows[0]?.version ?? 0;
  await tx.db
    .update(checkpoint)
    .set({ note: change.note })
    .where(and(of(tx, change.flowId), eq(checkpoint.name, change.name), eq(checkpoint.version, version), eq(checkpoint.setBy, change.by)));
  return version;
}
