import type { AnySql } from '../database.ts';
import { pgArray } from '../pg-array.ts';

/** Rings lanes that nobody holds; see lanes/doorbell.ts. */
export type Ring = (lanes: readonly { flowId: string; lane: number; retailerId: string }[]) => Promise<void>;

interface WokenRow {
  flow_id: string;
  retailer_id: string;
  lane: number;
  ring: boolean;
}

/** Makes waiting runs due now. Call it after what they wait for is committed. Runs that do not wait are left alone. */
export async function wakeRuns(sql: AnySql, runIds: readonly string[], ring: Ring): Promise<void> {
  if (runIds.length === 0) return;
  const woken = await sql<WokenRow[]>`
    select w.* from unnest(${pgArray([...runIds])}::uuid[]) as r (id) cross join lateral weft_wake(r.id) w`;
  await ringSilent(woken, ring);
}

/** Wakes the runs that called the flows of these events. */
export async function wakeCallers(sql: AnySql, eventIds: readonly string[], ring: Ring): Promise<void> {
  if (eventIds.length === 0) return;
  const woken = await sql<WokenRow[]>`
    select w.* from flow_call c cross join lateral weft_wake(c.run_id) w where c.event_id = any(${pgArray([...eventIds])}::uuid[])`;
  await ringSilent(woken, ring);
}

async function ringSilent(woken: readonly WokenRow[], ring: Ring): Promise<void> {
  const silent = woken.filter((row) => row.ring).map((row) => ({ flowId: row.flow_id, lane: row.lane, retailerId: row.retailer_id }));
  if (silent.length > 0) await ring(silent);
}
