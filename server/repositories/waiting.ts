import { and, eq, sql } from 'drizzle-orm';
import { laneEntry, run } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import type { RunState } from '../views/run.ts';
import { environment } from './flow.ts';

interface Row extends Record<string, unknown> {
  event_id: string;
  run_id: string | null;
  run_state: RunState | null;
  received_at: string;
  ordering_key: string | null;
  business_keys: string[] | null;
  attempt: number;
  due_at: string;
  due: boolean;
  waiting_code: string | null;
  waiting_ref: string | null;
  updated_at: string | null;
  position: number;
  first_event: string | null;
  first_run: string | null;
  leased: boolean;
  has_version: boolean;
  held: boolean | null;
  held_reason: string | null;
  held_at: string | null;
  resumed_at: string | null;
  drain_per_second: number | null;
  connection_name: string | null;
  connection_note: string | null;
  probe_at: string | null;
  approval_id: string | null;
  flow_cap: number | null;
  flow_running: number;
  retailer_cap: number | null;
  retailer_running: number;
}

/** Runs under way that are counted at most; there are no more than workers have slots. */
const MOST_COUNTED = 5_000;

export type WaitingRow = Awaited<ReturnType<typeof waitingEvents>>[number];

/**
 * Accepted and not finished: entries of a flow's lanes with all that can hold them up, oldest first. One event looks
 * into its own lane only.
 */
export async function waitingEvents(tx: Tx, asked: { flowId: string; eventId?: string; limit: number }) {
  const rows = await tx.db.execute<Row>(sql`
    with under_way as materialized (
      select flow_id, retailer_id from run where ${and(owned(tx, run), eq(run.state, 'running'))} limit ${MOST_COUNTED}
    ), caps as materialized (
      -- Not as jsonb: a document may hold texts that jsonb does not take.
      select f.retailer_id, (v.doc::json #> '{settings,concurrency}')::text::int as flow_cap, r.concurrency as retailer_cap,
        (select count(*)::int from under_way u where u.flow_id = f.id) as flow_running,
        (select count(*)::int from under_way u where u.retailer_id = f.retailer_id) as retailer_running
      from flow f join retailer r on r.id = f.retailer_id
      left join live_version l on l.flow_id = f.id and l.environment = ${environment} left join flow_version v on v.id = l.version_id
      where f.id = ${asked.flowId}
    )
    select k.flow_cap, k.flow_running, k.retailer_cap, k.retailer_running, e.event_id, e.run_id, r.state as run_state, e.received_at, e.ordering_key, r.business_keys, e.attempt, e.due_at, e.due_at <= now() as due,
      e.waiting_code, e.waiting_ref, r.updated_at,
      (select count(*)::int from lane_entry p where p.flow_id = e.flow_id and p.lane = e.lane and p.seq < e.seq) as position,
      b.event_id as first_event, b.run_id as first_run,
      coalesce(l.lease_until > now(), false) as leased, v.version_id is not null as has_version, v.held, v.held_reason, v.held_at, v.resumed_at,
      v.drain_per_second, c.name as connection_name, h.note as connection_note, h.probe_at,
      case when e.waiting_code = 'approval' then (select a.id from approval a where a.run_id = e.run_id and a.state = 'open' order by a.created_at limit 1) end as approval_id
    from ${sql`(select * from lane_entry where ${and(owned(tx, laneEntry), eq(laneEntry.flowId, asked.flowId), asked.eventId === undefined ? undefined : eq(laneEntry.eventId, asked.eventId))} order by received_at, lane, seq limit ${asked.limit})`} e
    cross join caps k
    left join lane l on l.flow_id = e.flow_id and l.number = e.lane
    left join run r on r.id = e.run_id
    left join live_version v on v.flow_id = e.flow_id and v.environment = ${environment}
    left join connection c on c.id::text = e.waiting_ref
    left join connection_health h on h.connection_id = c.id
    left join lateral (
      select p.event_id, p.run_id from lane_entry p
      where p.flow_id = e.flow_id and p.lane = e.lane and p.seq < e.seq and p.ordering_key = e.ordering_key and not p.lets_pass order by p.seq limit 1
    ) b on e.ordering_key is not null
    order by e.received_at, e.lane, e.seq`);
  return rows.map((row) => ({
    eventId: row.event_id,
    runId: row.run_id,
    runState: row.run_state,
    receivedAt: iso(row.received_at),
    orderingKey: row.ordering_key,
    businessKeys: row.business_keys ?? [],
    attempt: row.attempt,
    dueAt: iso(row.due_at),
    due: row.due,
    waitingCode: row.waiting_code,
    waitingRef: row.waiting_ref,
    updatedAt: row.updated_at === null ? null : iso(row.updated_at),
    position: row.position,
    first: row.first_event === null ? null : { eventId: row.first_event, runId: row.first_run },
    leased: row.leased,
    hasVersion: row.has_version,
    held: row.held === true ? { reason: row.held_reason, at: row.held_at === null ? null : iso(row.held_at) } : null,
    drain: row.drain_per_second === null || row.resumed_at === null ? null : { perSecond: row.drain_per_second, since: iso(row.resumed_at) },
    flow: { cap: row.flow_cap, running: row.flow_running },
    retailer: { cap: row.retailer_cap, running: row.retailer_running },
    approvalId: row.approval_id,
    connection: row.connection_name === null ? null : { name: row.connection_name, note: row.connection_note, probeAt: row.probe_at === null ? null : iso(row.probe_at) },
  }));
}

/** How many events of a flow are accepted and not finished, up to a thousand. */
export async function countWaiting(tx: Tx, flowId: string): Promise<number> {
  const [row] = await tx.db.execute<{ n: number }>(sql`
    select count(*)::int as n from (select 1 from lane_entry where ${and(owned(tx, laneEntry), eq(laneEntry.flowId, flowId))} limit 1001) counted`);
  return row?.n ?? 0;
}

function iso(value: string): string {
  return new Date(value).toISOString();
}
