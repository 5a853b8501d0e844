import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { exception, flow, liveVersion, retailer, run } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { scalar } from './scalar.ts';
import type { RetailerListItem, RetailerView } from '../views/retailer.ts';

const fields = {
  id: retailer.id,
  name: retailer.name,
  slug: retailer.slug,
  timeZone: retailer.timeZone,
  locale: retailer.locale,
  currency: retailer.currency,
  concurrency: retailer.concurrency,
};

function mine(tx: Tx) {
  const partner = eq(retailer.partnerId, tx.partnerId);
  return tx.retailerId === null ? partner : and(partner, eq(retailer.id, tx.retailerId));
}

/** Counts are correlated sub-selects: each is a short index range of one retailer. */
const dayOfRuns = sql`${run.retailerId} = ${retailer.id} and ${run.startedAt} > now() - interval '24 hours'`;

export async function listRetailers(tx: Tx): Promise<RetailerListItem[]> {
  return tx.db
    .select({
      ...fields,
      flowCount: scalar<number>(sql`select count(*)::int from ${flow} where ${flow.retailerId} = ${retailer.id} and ${isNull(flow.archivedAt)}`),
      liveCount: scalar<number>(sql`select count(*)::int from ${liveVersion} join ${flow} on ${flow.id} = ${liveVersion.flowId} where ${flow.retailerId} = ${retailer.id} and ${liveVersion.active} and ${isNull(flow.archivedAt)}`),
      runs24h: scalar<number>(sql`select count(*)::int from ${run} where ${dayOfRuns}`),
      failed24h: scalar<number>(sql`select count(*)::int from ${run} where ${dayOfRuns} and ${run.state} = 'failed'`),
      openExceptions: scalar<number>(sql`select count(*)::int from ${exception} where ${exception.retailerId} = ${retailer.id} and ${exception.state} = 'open'`),
    })
    .from(retailer)
    .where(mine(tx))
    .orderBy(asc(retailer.name));
}

export async function findRetailer(tx: Tx, retailerId: string): Promise<RetailerView | null> {
  const [row] = await tx.db.select(fields).from(retailer).where(and(mine(tx), eq(retailer.id, retailerId)));
  return row ?? null;
}

export async function setConcurrency(tx: Tx, retailerId: string, concurrency: number | null): Promise<void> {
  await tx.db.update(retailer).set({ concurrency }).where(and(mine(tx), eq(retailer.id, retailerId)));
}
