import { and, asc, eq, lt, sql } from 'drizzle-orm';
import { presence } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';

/** One open tab of a flow. */
export interface PresenceRow {
  tab: string;
  userId: string;
  name: string;
  nodeId: string | null;
  heldSince: Date | null;
}

/** Seconds without a beat after which a tab is gone. A beat comes every four; a hidden tab's timers run late. */
const GONE_AFTER = 20;

/** One beat of a flow at a time, over all web processes: who holds a node is decided by who comes first. */
export async function lockPresence(tx: Tx, flowId: string): Promise<void> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`presence ${flowId}`}, 0))`);
}

/** The tabs of a flow that are still there, the first to come first; forgets the others. */
export async function livePresence(tx: Tx, flowId: string): Promise<PresenceRow[]> {
  const ofFlow = and(owned(tx, presence), eq(presence.flowId, flowId));
  await tx.db.delete(presence).where(and(ofFlow, lt(presence.seenAt, sql`now() - make_interval(secs => ${GONE_AFTER})`)));
  return tx.db
    .select({ tab: presence.tabId, userId: presence.userId, name: presence.name, nodeId: presence.nodeId, heldSince: presence.heldSince })
    .from(presence)
    .where(ofFlow)
    .orderBy(asc(presence.openedAt), asc(presence.tabId));
}

/** Takes a node from whoever holds it. */
export async function releaseNode(tx: Tx, flowId: string, nodeId: string): Promise<void> {
  await tx.db.update(presence).set({ heldSince: null }).where(and(owned(tx, presence), eq(presence.flowId, flowId), eq(presence.nodeId, nodeId)));
}

export interface Beat {
  retailerId: string;
  flowId: string;
  tab: string;
  userId: string;
  name: string;
  nodeId: string | null;
  held: boolean;
}

/** Writes that a tab is there. A node it held already stays held since then. */
export async function recordBeat(tx: Tx, beat: Beat): Promise<void> {
  const { retailerId, flowId, tab: tabId, userId, name, nodeId, held } = beat;
  await tx.db
    .insert(presence)
    .values({ partnerId: tx.partnerId, retailerId, flowId, tabId, userId, name, nodeId, heldSince: held ? sql`now()` : null })
    .onConflictDoUpdate({
      target: [presence.flowId, presence.tabId],
      set: {
        name,
        nodeId,
        heldSince: held ? sql`case when ${presence.nodeId} = ${nodeId} then coalesce(${presence.heldSince}, now()) else now() end` : null,
        seenAt: sql`now()`,
      },
      // A tab's id is its own; nobody else's beat moves it.
      setWhere: eq(presence.userId, userId),
    });
}

export async function forgetTab(tx: Tx, leaving: { flowId: string; tab: string; userId: string }): Promise<void> {
  await tx.db
    .delete(presence)
    .where(and(owned(tx, presence), eq(presence.flowId, leaving.flowId), eq(presence.tabId, leaving.tab), eq(presence.userId, leaving.userId)));
}
