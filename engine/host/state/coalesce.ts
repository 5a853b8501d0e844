import type { CoalesceAnswer, StatePort } from '#engine/nodes/step.ts';
import { indexKey } from './index-key.ts';
import type { Asking } from './state-run.ts';

type Request = Parameters<StatePort['coalesce']>[0];

interface Row {
  state: 'waiting' | 'passed' | 'superseded';
  due_at: Date;
  due: boolean;
  newer: boolean;
}

/**
 * Debounce. Each record enters its row once; the latest of a key is the one whose event was accepted last. An answer other than
 * "hold" is written down, so that it stays the same.
 * @param superseded told the runs that need not wait any longer
 */
export async function coalesce(asking: Asking, request: Request, superseded: (runIds: string[]) => Promise<void>): Promise<CoalesceAnswer> {
  const { run, nodeId, sql } = asking;
  const key = indexKey(request.key);
  const receivedAt = new Date(run.receivedAt).toISOString();
  const entered = await sql`
    insert into coalesce_key (flow_id, environment, node_id, key, event_id, record_key, partner_id, retailer_id, run_id, received_at, seq, due_at)
    values (${run.flowId}, ${run.environment}, ${nodeId}, ${key}, ${run.eventId}, ${request.recordKey}, ${run.partnerId}, ${run.retailerId}, ${run.runId},
      ${receivedAt}, ${run.seq}, now() + make_interval(secs => ${request.windowMs / 1000}))
    on conflict do nothing returning 1`;
  const ofKey = sql`flow_id = ${run.flowId} and environment = ${run.environment} and node_id = ${nodeId} and key = ${key}`;
  const mine = sql`${ofKey} and event_id = ${run.eventId} and record_key = ${request.recordKey}`;
  if (entered.length > 0) {
    const older = await sql<{ run_id: string }[]>`
      update coalesce_key set state = 'superseded' where ${ofKey} and state = 'waiting'
        and (received_at, seq, place) < (select received_at, seq, place from coalesce_key where ${mine})
      returning run_id`;
    const runIds = [...new Set(older.map((row) => row.run_id))].filter((runId) => runId !== run.runId);
    if (runIds.length > 0) await superseded(runIds);
  }
  const [row] = await sql<Row[]>`
    select state, due_at, due_at <= now() as due, exists (
      select from coalesce_key n where n.flow_id = m.flow_id and n.environment = m.environment and n.node_id = m.node_id and n.key = m.key
        and (n.received_at, n.seq, n.place) > (m.received_at, m.seq, m.place)
    ) as newer from coalesce_key m where ${mine}`;
  if (!row) return { state: 'pass' };
  if (row.state !== 'waiting') return { state: row.state === 'passed' ? 'pass' : 'superseded' };
  if (!row.newer && !row.due) return { state: 'hold', until: row.due_at.getTime() };
  const answer = row.newer ? 'superseded' : 'passed';
  // A newer record may have taken this one over just now: then its word counts.
  const [settled] = await sql<Pick<Row, 'state'>[]>`
    update coalesce_key set state = case when state = 'waiting' then ${answer} else state end where ${mine} returning state`;
  return { state: settled?.state === 'superseded' ? 'superseded' : 'pass' };
}
