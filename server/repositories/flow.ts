import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { flow, flowDraft, flowVersion, liveVersion, retailer, run } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import type { FlowListItem } from '../views/flow.ts';
import { scalar } from './scalar.ts';

/** The one environment of this stage; versions, endpoints and connections carry it already. */
export const environment = 'production';

export interface FlowRow {
  id: string;
  retailerId: string;
  retailerName: string;
  name: string;
}

const present = (tx: Tx) => and(owned(tx, flow), isNull(flow.archivedAt));

/** @returns a flow that is not archived. `lock` keeps other writers of this flow waiting until the transaction ends. */
export async function findFlow(tx: Tx, flowId: string, options: { lock: boolean } = { lock: false }): Promise<FlowRow | null> {
  const query = tx.db
    .select({ id: flow.id, retailerId: flow.retailerId, retailerName: retailer.name, name: flow.name })
    .from(flow)
    .innerJoin(retailer, eq(retailer.id, flow.retailerId))
    .where(and(present(tx), eq(flow.id, flowId)));
  const [row] = await (options.lock ? query.for('update', { of: flow }) : query);
  return row ?? null;
}

export async function insertFlow(tx: Tx, row: { id: string; retailerId: string; name: string }): Promise<void> {
  await tx.db.insert(flow).values({ ...row, partnerId: tx.partnerId });
}

export async function renameFlow(tx: Tx, flowId: string, name: string): Promise<void> {
  await tx.db.update(flow).set({ name }).where(and(present(tx), eq(flow.id, flowId)));
}

export async function archiveFlow(tx: Tx, flowId: string): Promise<void> {
  await tx.db.update(flow).set({ archivedAt: new Date() }).where(and(present(tx), eq(flow.id, flowId)));
}

/** Flows of one retailer by id and name, for the checks of a document. */
export async function listFlowNames(tx: Tx, retailerId: string): Promise<{ id: string; name: string }[]> {
  return tx.db.select({ id: flow.id, name: flow.name }).from(flow).where(and(present(tx), eq(flow.retailerId, retailerId)));
}

const dayOfRuns = sql`from ${run} where ${run.flowId} = ${flow.id} and ${run.startedAt} > now() - interval '24 hours'`;

export async function listFlows(tx: Tx, retailerId: string | undefined): Promise<FlowListItem[]> {
  const rows = await tx.db
    .select({
      id: flow.id,
      retailerId: flow.retailerId,
      retailerName: retailer.name,
      name: flow.name,
      active: liveVersion.active,
      held: sql<boolean>`coalesce(${liveVersion.held}, false)`,
      liveVersion: flowVersion.number,
      // A draft is published letter for letter, so the texts differ exactly when somebody has saved a change since.
      draftChanged: sql<boolean>`coalesce(${flowDraft.doc} <> ${flowVersion.doc}, true)`,
      updatedAt: flowDraft.updatedAt,
      lastRunAt: scalar<string | null>(sql`select ${run.startedAt} from ${run} where ${run.flowId} = ${flow.id} order by ${run.startedAt} desc, ${run.id} desc limit 1`),
      runs24h: scalar<number>(sql`select count(*)::int ${dayOfRuns}`),
      failed24h: scalar<number>(sql`select count(*)::int ${dayOfRuns} and ${run.state} = 'failed'`),
    })
    .from(flow)
    .innerJoin(retailer, eq(retailer.id, flow.retailerId))
    .innerJoin(flowDraft, eq(flowDraft.flowId, flow.id))
    .leftJoin(liveVersion, and(eq(liveVersion.flowId, flow.id), eq(liveVersion.environment, environment)))
    .leftJoin(flowVersion, eq(flowVersion.id, liveVersion.versionId))
    .where(and(present(tx), retailerId === undefined ? undefined : eq(flow.retailerId, retailerId)))
    .orderBy(asc(retailer.name), asc(flow.name));
  return rows.map(({ active, ...row }) => ({
    ...row,
    state: active === null ? 'draft' : active ? 'live' : 'paused',
    updatedAt: row.updatedAt.toISOString(),
    lastRunAt: row.lastRunAt === null ? null : new Date(row.lastRunAt).toISOString(),
  }));
}

/** @returns names of the flows of a retailer whose draft or live version contains this text (an id, so no escaping is needed). */
export async function flowsThatMention(tx: Tx, retailerId: string, text: string): Promise<string[]> {
  const rows = await tx.db
    .selectDistinct({ name: flow.name })
    .from(flow)
    .innerJoin(flowDraft, eq(flowDraft.flowId, flow.id))
    .leftJoin(liveVersion, eq(liveVersion.flowId, flow.id))
    .leftJoin(flowVersion, eq(flowVersion.id, liveVersion.versionId))
    .where(and(present(tx), eq(flow.retailerId, retailerId), sql`(position(${text} in ${flowDraft.doc}) > 0 or position(${text} in coalesce(${flowVersion.doc}, '')) > 0)`))
    .orderBy(asc(flow.name));
  return rows.map((row) => row.name);
}
