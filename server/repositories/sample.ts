import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { inbox, sample } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';

const fields = {
  id: sample.id,
  flowId: sample.flowId,
  nodeId: sample.nodeId,
  name: sample.name,
  bodyText: sample.body,
  eventId: sample.eventId,
  createdBy: sample.createdBy,
  createdAt: sample.createdAt,
};

export type SampleRow = Awaited<ReturnType<typeof listSamples>>[number];

export async function listSamples(tx: Tx, of: { flowId: string; nodeId?: string }) {
  return tx.db
    .select(fields)
    .from(sample)
    .where(and(owned(tx, sample), eq(sample.flowId, of.flowId), of.nodeId === undefined ? undefined : eq(sample.nodeId, of.nodeId)))
    .orderBy(asc(sample.createdAt), asc(sample.id));
}

export async function findSample(tx: Tx, id: string): Promise<SampleRow | null> {
  const [row] = await tx.db.select(fields).from(sample).where(and(owned(tx, sample), eq(sample.id, id)));
  return row ?? null;
}

/** How many samples a trigger has, and how many bytes they are together. */
export async function sumSamples(tx: Tx, of: { flowId: string; nodeId: string }): Promise<{ count: number; bytes: number }> {
  const [row] = await tx.db
    .select({ count: sql<number>`count(*)::int`, bytes: sql<number>`coalesce(sum(octet_length(${sample.body})), 0)::int` })
    .from(sample)
    .where(and(owned(tx, sample), eq(sample.flowId, of.flowId), eq(sample.nodeId, of.nodeId)));
  return row ?? { count: 0, bytes: 0 };
}

export interface NewSample {
  id: string;
  retailerId: string;
  flowId: string;
  nodeId: string;
  name: string;
  body: string;
  eventId: string | null;
  createdBy: string;
}

export async function insertSample(tx: Tx, row: NewSample): Promise<void> {
  await tx.db.insert(sample).values({ ...row, partnerId: tx.partnerId });
}

export async function renameSample(tx: Tx, id: string, name: string): Promise<void> {
  await tx.db.update(sample).set({ name }).where(and(owned(tx, sample), eq(sample.id, id)));
}

export async function deleteSample(tx: Tx, id: string): Promise<void> {
  await tx.db.delete(sample).where(and(owned(tx, sample), eq(sample.id, id)));
}

/** The newest events of a trigger, whole, until their bodies together are more than `bytes`. */
export async function recentBodies(tx: Tx, of: { flowId: string; nodeId: string; limit: number; bytes: number }) {
  const newest = tx.db
    .select({ id: inbox.id, receivedAt: inbox.receivedAt, bodyText: inbox.body, sum: sql<number>`sum(octet_length(${inbox.body})) over (order by ${inbox.receivedAt} desc, ${inbox.id} desc)`.as('sum') })
    .from(
      tx.db
        .select()
        .from(inbox)
        .where(and(owned(tx, inbox), eq(inbox.flowId, of.flowId), eq(inbox.nodeId, of.nodeId)))
        .orderBy(desc(inbox.receivedAt), desc(inbox.id))
        .limit(of.limit)
        .as('inbox'),
    )
    .as('newest');
  return tx.db
    .select({ id: newest.id, receivedAt: newest.receivedAt, bodyText: newest.bodyText })
    .from(newest)
    .where(sql`${newest.sum} <= ${of.bytes}`)
    .orderBy(desc(newest.receivedAt), desc(newest.id));
}
