import type { Sql } from '../database.ts';
import type { LaneId } from './lease.ts';

/**
 * Makes due what waits for a connection that is well again, wherever it is, and rings the lanes nobody holds. Who holds a lane
 * wakes its entries in memory; any number of processes may do this at once.
 */
export async function wakeWaitingFor(sql: Sql, connectionId: string, ring: (lanes: (LaneId & { retailerId: string })[]) => Promise<void>): Promise<void> {
  const rows = await sql<{ flow_id: string; lane: number; retailer_id: string }[]>`
    with woken as (
      update lane_entry set due_at = now()
      where waiting_ref = ${connectionId} and waiting_code in ('breaker_open', 'connection_paused') and due_at > now()
      returning flow_id, lane
    )
    select l.flow_id, l.number as lane, l.retailer_id from lane l
    where (l.flow_id, l.number) in (select flow_id, lane from woken) and (l.lease_until is null or l.lease_until < now())`;
  if (rows.length > 0) await ring(rows.map((row) => ({ flowId: row.flow_id, lane: row.lane, retailerId: row.retailer_id })));
}
