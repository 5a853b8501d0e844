import type { AnySql, Sql } from '../database.ts';
import { pgArray } from '../pg-array.ts';

export const LEASE_SECONDS = 10;
/** Stop using a lease this long before the database would give it to somebody else. */
const MARGIN_MS = 2_000;

export interface LaneId {
  flowId: string;
  lane: number;
}

/** Our right to a lane, fenced by `epoch`: whoever takes the lane over raises it, and writes under the old one are dropped. */
export interface Lease extends LaneId {
  partnerId: string;
  retailerId: string;
  epoch: number;
  /** The seq the lane's next event gets, when the lease was taken. */
  nextSeq: number;
  /** Taken over, or given back. Never becomes false again. */
  lost: boolean;
  /** On the clock of performance.now(): not one call may start after this without a renewal. */
  validUntil: number;
}

export function laneKey(id: LaneId): string {
  return `${id.flowId}/${id.lane}`;
}

interface Row {
  flow_id: string;
  number: number;
  partner_id: string;
  retailer_id: string;
  lease_epoch: string;
  next_seq: string;
}

const validity = () => performance.now() + LEASE_SECONDS * 1000 - MARGIN_MS;

/**
 * Takes those of the lanes that nobody holds. FOR UPDATE waits for journal writes under the old epoch (they hold FOR KEY SHARE),
 * so after this returns nothing of the former holder can still arrive.
 */
export async function acquireLanes(sql: AnySql, owner: string, lanes: readonly LaneId[]): Promise<Lease[]> {
  if (lanes.length === 0) return [];
  const validUntil = validity();
  const rows = await sql<Row[]>`
    with free as (
      select l.flow_id, l.number from lane l
      join unnest(${pgArray(lanes.map((id) => id.flowId))}::uuid[], ${pgArray(lanes.map((id) => id.lane))}::int[]) as w (flow_id, number)
        on w.flow_id = l.flow_id and w.number = l.number
      where l.lease_until is null or l.lease_until < now()
      order by l.flow_id, l.number for update of l
    )
    update lane l set lease_owner = ${owner}, lease_epoch = l.lease_epoch + 1, lease_until = now() + make_interval(secs => ${LEASE_SECONDS}),
      rung = true, rung_at = now()
    from free f where l.flow_id = f.flow_id and l.number = f.number
    returning l.flow_id, l.number, l.partner_id, l.retailer_id, l.lease_epoch, l.next_seq`;
  return rows.map((row) => ({
    flowId: row.flow_id,
    lane: row.number,
    partnerId: row.partner_id,
    retailerId: row.retailer_id,
    epoch: Number(row.lease_epoch),
    nextSeq: Number(row.next_seq),
    lost: false,
    validUntil,
  }));
}

/**
 * The lanes still under these leases, locked in the order in which accepting events locks them: in another order the two would
 * wait for each other, and the sender would be told 503.
 */
function ours(sql: Sql, leases: readonly Lease[]) {
  return sql`
    select l.flow_id, l.number from lane l
    join unnest(${pgArray(leases.map((id) => id.flowId))}::uuid[], ${pgArray(leases.map((id) => id.lane))}::int[],
      ${pgArray(leases.map((id) => id.epoch))}::bigint[]) as w (flow_id, number, epoch)
      on w.flow_id = l.flow_id and w.number = l.number and w.epoch = l.lease_epoch
    order by l.flow_id, l.number for no key update of l`;
}

/** Renews leases; those that were taken over meanwhile are marked lost. */
export async function renewLanes(sql: Sql, leases: readonly Lease[]): Promise<void> {
  if (leases.length === 0) return;
  const validUntil = validity();
  const rows = await sql<{ flow_id: string; number: number; lease_epoch: string }[]>`
    with mine as (${ours(sql, leases)})
    update lane l set lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    from mine m where l.flow_id = m.flow_id and l.number = m.number
    returning l.flow_id, l.number, l.lease_epoch`;
  const kept = new Set(rows.map((row) => `${row.flow_id}/${row.number}/${row.lease_epoch}`));
  for (const lease of leases) {
    if (kept.has(`${laneKey(lease)}/${lease.epoch}`)) lease.validUntil = validUntil;
    else lease.lost = true;
  }
}

/**
 * Gives a lane back, unless an event came that the holder has not seen (`nextSeq` moved on): then it answers false. Comparing the
 * head row itself makes this safe against an event being accepted at this very moment, which waits for the same row.
 */
export async function releaseLane(sql: Sql, lease: Lease, nextSeq: number): Promise<boolean> {
  const rows = await sql`
    update lane set lease_owner = null, lease_until = null, rung = false
    where flow_id = ${lease.flowId} and number = ${lease.lane} and lease_epoch = ${lease.epoch} and next_seq = ${nextSeq}
    returning 1`;
  return rows.length > 0;
}

/** Gives lanes back in the middle of their work (the process stops); they are left unrung, so the caller rings. */
export async function dropLanes(sql: Sql, leases: readonly Lease[]): Promise<void> {
  if (leases.length === 0) return;
  await sql`
    with mine as (${ours(sql, leases)})
    update lane l set lease_owner = null, lease_until = null, rung = false
    from mine m where l.flow_id = m.flow_id and l.number = m.number`;
}

/** How far the lanes have got: the seq each one's next event will get. */
export async function laneHeads(sql: Sql, lanes: readonly LaneId[]): Promise<Map<string, number>> {
  if (lanes.length === 0) return new Map();
  const rows = await sql<{ flow_id: string; number: number; next_seq: string }[]>`
    select l.flow_id, l.number, l.next_seq from lane l
    join unnest(${pgArray(lanes.map((id) => id.flowId))}::uuid[], ${pgArray(lanes.map((id) => id.lane))}::int[]) as w (flow_id, number)
      on w.flow_id = l.flow_id and w.number = l.number`;
  return new Map(rows.map((row) => [laneKey({ flowId: row.flow_id, lane: row.number }), Number(row.next_seq)]));
}
