import type { LiveFlow } from '../config/flows.ts';
import type { AnySql, Sql } from '../database.ts';
import type { TimedTrigger } from './timed-trigger.ts';

/** One timed trigger of a live version: how far it has been looked at, and when to look again. */
export interface ScheduleState {
  flow_id: string;
  node_id: string;
  environment: string;
  spec: string;
  cursor_at: Date;
  last_event_id: string | null;
}

/** A timed trigger that shall fire, and since when. */
export interface Wanted {
  flow: LiveFlow;
  trigger: TimedTrigger;
  /** When its version went live. */
  since: Date;
}

/**
 * Makes rows for new triggers and takes over changed times; both count from the moment their version went live. What is known
 * already keeps its cursor: a new version with the same times misses nothing.
 */
export async function keepStates(sql: Sql, wanted: readonly Wanted[]): Promise<void> {
  for (const { flow, trigger, since } of wanted) {
    await sql`
      insert into schedule_state as s (partner_id, retailer_id, flow_id, node_id, environment, spec, cursor_at, due_at)
      values (${flow.partnerId}, ${flow.retailerId}, ${flow.flowId}, ${trigger.nodeId}, ${flow.environment}, ${trigger.spec}, ${since}, ${trigger.next(since)})
      on conflict (flow_id, node_id, environment) do update set spec = excluded.spec, cursor_at = excluded.cursor_at, due_at = excluded.due_at
      where s.spec <> excluded.spec`;
  }
}

/** Removes the rows of these flows that are not wanted any more. (Those of a paused flow are removed by the database itself.) */
export async function dropStates(sql: Sql, read: readonly LiveFlow[], wanted: readonly Wanted[]): Promise<void> {
  const names = new Set(wanted.map(({ flow, trigger }) => `${flow.flowId}/${trigger.nodeId}/${flow.environment}`));
  const rows = await sql<Pick<ScheduleState, 'flow_id' | 'node_id' | 'environment'>[]>`select flow_id, node_id, environment from schedule_state`;
  const known = new Set(read.map((flow) => `${flow.flowId}/${flow.environment}`));
  for (const row of rows) {
    if (!known.has(`${row.flow_id}/${row.environment}`) || names.has(`${row.flow_id}/${row.node_id}/${row.environment}`)) continue;
    await sql`delete from schedule_state where flow_id = ${row.flow_id} and node_id = ${row.node_id} and environment = ${row.environment}`;
  }
}

/** The rows whose time has come and that no other scheduler is at; they stay ours until the transaction ends. */
export function claimDue(tx: AnySql, now: Date, limit: number): Promise<ScheduleState[]> {
  return tx<ScheduleState[]>`
    select flow_id, node_id, environment, spec, cursor_at, last_event_id from schedule_state
    where due_at <= ${now} order by due_at limit ${limit} for update skip locked`;
}

/** Whether an event's run has not come to its end. */
export async function isUnsettled(tx: AnySql, flowId: string, eventId: string): Promise<boolean> {
  const rows = await tx`select 1 from lane_entry where flow_id = ${flowId} and event_id = ${eventId} limit 1`;
  return rows.length > 0;
}

export async function moveOn(
  tx: AnySql,
  state: ScheduleState,
  to: { cursor: Date; dueAt: Date | null; skipped: number; fired: { scheduledFor: Date; eventId: string } | null },
): Promise<void> {
  const { fired } = to;
  await tx`
    update schedule_state set cursor_at = ${to.cursor}, due_at = ${to.dueAt}, skipped = skipped + ${to.skipped},
      last_fired = coalesce(${fired?.scheduledFor ?? null}, last_fired), last_event_id = coalesce(${fired?.eventId ?? null}, last_event_id)
    where flow_id = ${state.flow_id} and node_id = ${state.node_id} and environment = ${state.environment}`;
}
