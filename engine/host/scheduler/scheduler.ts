import type { Sql } from '../database.ts';
import type { LiveFlow } from '../config/flows.ts';
import { dropStates, keepStates, type Wanted } from './schedule-state.ts';
import { turn, type TickerOptions } from './ticker.ts';
import { timedTriggersOf } from './timed-trigger.ts';

export interface Scheduler {
  /** Brings the table of schedules in line with the live versions, now. */
  reconcile(): Promise<void>;
  stop(): Promise<void>;
}

const RECONCILE_MS = 30_000;
const TURN_MS = 500;

/**
 * Fires the timed triggers (schedule, poll) of all live versions. Each has a row in schedule_state; any number of schedulers look
 * every half second for rows whose time has come. See docs/decisions/0013-schedules-are-rows.md for the rules and why not pg-boss' cron.
 */
export async function startScheduler(options: TickerOptions): Promise<Scheduler> {
  const { sql, log } = options;
  let stopped = false;
  let running: Promise<void> | null = null;
  let again = false;
  let turning: Promise<void> | null = null;

  function reconcile(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    running = bringInLine(options)
      .catch((error: unknown) => log.warn({ err: error }, 'schedules could not be reconciled'))
      .finally(() => {
        running = null;
        if (!again || stopped) return;
        again = false;
        void reconcile();
      });
    return running;
  }

  function look(): void {
    turning ??= turn(options)
      .then(() => undefined)
      .catch((error: unknown) => log.debug({ err: error }, 'schedules could not be looked at'))
      .finally(() => (turning = null));
  }

  const listening = await sql.listen('weft_config', () => void reconcile(), () => void reconcile());
  const timers = [setInterval(() => void reconcile(), RECONCILE_MS), setInterval(look, TURN_MS)];
  return {
    reconcile,
    async stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await listening.unlisten().catch(() => undefined);
      await running;
      await turning;
    },
  };
}

async function bringInLine(options: TickerOptions): Promise<void> {
  const { sql } = options;
  const { read, wanted } = await wantedTriggers(options, sql);
  await keepStates(sql, wanted);
  await dropStates(sql, read, wanted);
}

async function wantedTriggers({ flows, log }: TickerOptions, sql: Sql): Promise<{ read: LiveFlow[]; wanted: Wanted[] }> {
  const rows = await sql<{ flow_id: string; environment: string; since: Date }[]>`
    select flow_id, environment, least(activated_at, now())::timestamptz(3) as since from live_version where active`;
  const read: LiveFlow[] = [];
  const wanted: Wanted[] = [];
  for (const row of rows) {
    try {
      const flow = await flows.live(row.flow_id, row.environment);
      if (!flow?.active) continue;
      read.push(flow);
      wanted.push(...timedTriggersOf(flow).map((trigger) => ({ flow, trigger, since: row.since })));
    } catch (error) {
      log.warn({ err: error, flowId: row.flow_id }, 'a live version cannot be read');
    }
  }
  return { read, wanted };
}
