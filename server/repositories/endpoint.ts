import { and, eq } from 'drizzle-orm';
import { endpoint } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import { environment } from './flow.ts';

export async function listEndpoints(tx: Tx, flowId: string): Promise<{ nodeId: string; key: string }[]> {
  return tx.db
    .select({ nodeId: endpoint.nodeId, key: endpoint.key })
    .from(endpoint)
    .where(and(owned(tx, endpoint), eq(endpoint.flowId, flowId), eq(endpoint.environment, environment)));
}

/** An address once given out never changes: a node that has one keeps it. */
export async function insertEndpoints(tx: Tx, flow: { id: string; retailerId: string }, keys: { nodeId: string; key: string }[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.db
    .insert(endpoint)
    .values(keys.map(({ nodeId, key }) => ({ key, nodeId, environment, flowId: flow.id, partnerId: tx.partnerId, retailerId: flow.retailerId })))
    .onConflictDoNothing({ target: [endpoint.flowId, endpoint.nodeId, endpoint.environment] });
}
