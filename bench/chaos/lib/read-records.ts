import type postgres from 'postgres';
import { effectKey } from '#engine/run/effect-key.ts';

/** What the database says about some flows. */
export interface Records {
  events: { id: string; flowId: string; retailerId: string; deliveryId: string; key: string | null; lane: number; seq: number; at: number }[];
  runs: { id: string; eventId: string; flowId: string; retailerId: string; state: string; startedAt: number }[];
  effects: { key: string; runId: string; status: string; retailerId: string }[];
  waiting: { eventId: string }[];
  /** By idempotency key: calls whose answer did not reach the engine (it waited no longer, or the connection broke). */
  unheard: Map<string, number>;
}

/** Reads the database's side of the story. */
export async function readRecords(sql: postgres.Sql, flowIds: string[]): Promise<Records> {
  const events = await sql<Records['events']>`
    select id, flow_id as "flowId", retailer_id as "retailerId", coalesce(delivery_id, '') as "deliveryId", ordering_key as key, lane, seq::int as seq,
      (extract(epoch from received_at) * 1000)::float8 as at
    from inbox where flow_id = any(${flowIds}::uuid[]) order by lane, seq`;
  const runs = await sql<Records['runs']>`
    select id, event_id as "eventId", flow_id as "flowId", retailer_id as "retailerId", state, (extract(epoch from started_at) * 1000)::float8 as "startedAt"
    from run where flow_id = any(${flowIds}::uuid[])`;
  const effects = await sql<Records['effects']>`
    select e.key, e.run_id as "runId", e.status, e.retailer_id as "retailerId" from effect e join run r on r.id = e.run_id where r.flow_id = any(${flowIds}::uuid[])`;
  const waiting = await sql<Records['waiting']>`select event_id as "eventId" from lane_entry where flow_id = any(${flowIds}::uuid[])`;
  const silent = await sql<{ eventId: string; nodeId: string; recordKey: string }[]>`
    select r.event_id as "eventId", x.node_id as "nodeId", x.record_key as "recordKey" from exchange x join run r on r.id = x.run_id
    where r.flow_id = any(${flowIds}::uuid[]) and x.status is null and x.failure_code is not null`;
  const unheard = new Map<string, number>();
  for (const { eventId, nodeId, recordKey } of silent) {
    const key = effectKey(eventId, nodeId, recordKey);
    unheard.set(key, (unheard.get(key) ?? 0) + 1);
  }
  return { events: [...events], runs: [...runs], effects: [...effects], waiting: [...waiting], unheard };
}
