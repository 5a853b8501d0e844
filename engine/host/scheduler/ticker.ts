import type { Flows, LiveFlow } from '../config/flows.ts';
import type { AnySql, Sql } from '../database.ts';
import { faultPoint } from '../fault-points.ts';
import type { Inbox } from '../inbox/accept-events.ts';
import type { Log } from '../log.ts';
import { dueFirings } from './due-firings.ts';
import { claimDue, isUnsettled, moveOn, type ScheduleState } from './schedule-state.ts';
import { timedTriggersOf, type TimedTrigger } from './timed-trigger.ts';
import { transaction } from '../transaction.ts';

export interface TickerOptions {
  sql: Sql;
  log: Log;
  flows: Flows;
  inbox: Inbox;
  /** What time it is; the database's clock unless a test says otherwise, so that no scheduler's own clock matters. */
  clock?(sql: AnySql): Promise<Date>;
}

const MOST_AT_ONCE = 20;
/** When a row does not fit the version in memory: by then one of the two has caught up. */
const UNSURE_MS = 2_000;

/**
 * One turn: claims the schedules whose time has come and starts what is due of each. Answers how many events it made.
 *
 * Exactly once over any number of schedulers: the row is locked while its firings are accepted, and should the process die between
 * the two commits, the next one finds the same firing due and the inbox knows its delivery id.
 */
export async function turn(options: TickerOptions): Promise<number> {
  const { sql } = options;
  return transaction(sql, async (tx) => {
    const now = await (options.clock ?? databaseClock)(tx);
    let made = 0;
    for (const state of await claimDue(tx, now, MOST_AT_ONCE)) made += await serve(state, { ...options, tx, now });
    return made;
  });
}

async function databaseClock(sql: AnySql): Promise<Date> {
  const [row] = await sql<{ now: Date }[]>`select date_trunc('milliseconds', clock_timestamp()) as now`;
  if (!row) throw new Error('The database told no time.');
  return row.now;
}

async function serve(state: ScheduleState, at: TickerOptions & { tx: AnySql; now: Date }): Promise<number> {
  const { tx, now, flows, log } = at;
  const found = await findTrigger(state, flows, log);
  if (!found) {
    await moveOn(tx, state, { cursor: state.cursor_at, dueAt: new Date(now.getTime() + UNSURE_MS), skipped: 0, fired: null });
    return 0;
  }
  const { flow, trigger } = found;
  const busy = trigger.noOverlap && state.last_event_id !== null && (await isUnsettled(tx, state.flow_id, state.last_event_id));
  const due = dueFirings(trigger, { cursor: state.cursor_at, now, busy });
  let fired: { scheduledFor: Date; eventId: string } | null = null;
  let made = 0;
  for (const scheduledFor of due.fire) {
    faultPoint('schedule_fires');
    const accepted = await accept(flow, trigger, { scheduledFor, inbox: at.inbox });
    fired = { scheduledFor, eventId: accepted.eventId };
    if (!accepted.duplicate) made += 1;
    log.info({ flowId: flow.flowId, nodeId: trigger.nodeId, scheduledFor: scheduledFor.toISOString(), duplicate: accepted.duplicate }, 'schedule fired');
  }
  if (due.skipped > 0) log.info({ flowId: flow.flowId, nodeId: trigger.nodeId, skipped: due.skipped, busy, missed: trigger.missed }, 'firings left out');
  await moveOn(tx, state, { cursor: due.cursor, dueAt: due.dueAt, skipped: due.skipped, fired });
  return made;
}

async function findTrigger(state: ScheduleState, flows: Flows, log: Log): Promise<{ flow: LiveFlow; trigger: TimedTrigger } | null> {
  try {
    const flow = await flows.live(state.flow_id, state.environment);
    const trigger = flow?.active ? timedTriggersOf(flow).find((one) => one.nodeId === state.node_id) : undefined;
    return flow && trigger && trigger.spec === state.spec ? { flow, trigger } : null;
  } catch (error) {
    log.warn({ err: error, flowId: state.flow_id }, 'a live version cannot be read');
    return null;
  }
}

function accept(flow: LiveFlow, trigger: TimedTrigger, at: { scheduledFor: Date; inbox: Inbox }) {
  const scheduledFor = at.scheduledFor.toISOString();
  return at.inbox.accept({
    partnerId: flow.partnerId, retailerId: flow.retailerId, flowId: flow.flowId, environment: flow.environment, endpointKey: null, nodeId: trigger.nodeId,
    trigger: trigger.trigger, lane: 0, orderingKey: null, deliveryId: deliveryOf(trigger.nodeId, scheduledFor), headers: '{}',
    body: JSON.stringify({ scheduledFor }), contentType: 'application/json', data: { scheduledFor },
  });
}

/** Names one firing for good, whichever scheduler saw it. */
function deliveryOf(nodeId: string, scheduledFor: string): string {
  return `schedule:${nodeId}:${scheduledFor}`;
}
