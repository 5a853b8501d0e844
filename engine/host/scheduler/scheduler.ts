import type { JobWithMetadata, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { nextFirings } from '#engine/nodes/schedule.ts';
import type { Flows, LiveFlow } from '../config/flows.ts';
import type { Sql } from '../database.ts';
import type { Inbox } from '../inbox/accept-events.ts';
import type { Log } from '../log.ts';

export interface SchedulerOptions {
  boss: PgBoss;
  sql: Sql;
  log: Log;
  flows: Flows;
  inbox: Inbox;
}

export interface Scheduler {
  /** Brings pg-boss' schedules in line with the live versions, now. */
  reconcile(): Promise<void>;
  stop(): Promise<void>;
}

const QUEUE = 'schedule';
const RECONCILE_MS = 30_000;
const HOUSEKEEPING_MS = 3_600_000;
const PARTITION_DAYS = 7;

const firingSchema = z.object({ flowId: z.uuid(), nodeId: z.string(), environment: z.string() });
const triggerSchema = z.object({ cron: z.string(), timeZone: z.string() });
type Firing = z.infer<typeof firingSchema>;
interface Wanted extends z.infer<typeof triggerSchema> {
  key: string;
  firing: Firing;
}

/**
 * Cron through pg-boss: the schedule triggers of live versions are its schedules. A firing is accepted like any other event,
 * under a delivery id that names the node and the minute, so that any number of schedulers start it once.
 */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { boss, sql, log } = options;
  let running: Promise<void> | null = null;
  let again = false;

  function reconcile(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    running = once(options).finally(() => {
      running = null;
      if (!again) return;
      again = false;
      void reconcile();
    });
    return running;
  }

  async function once(from: SchedulerOptions): Promise<void> {
    try {
      const wanted = await wantedSchedules(from);
      const present = new Map((await boss.getSchedules(QUEUE)).map((schedule) => [schedule.key, schedule]));
      for (const { key, cron, timeZone, firing } of wanted) {
        const known = present.get(key);
        present.delete(key);
        if (known?.cron === cron && known.timezone === timeZone) continue;
        await boss.schedule(QUEUE, cron, firing, { tz: timeZone, key });
      }
      for (const key of present.keys()) await boss.unschedule(QUEUE, key);
    } catch (error) {
      log.warn({ err: error }, 'schedules could not be reconciled');
    }
  }

  async function housekeeping(): Promise<void> {
    try {
      await sql`select weft_ensure_inbox_partitions(${PARTITION_DAYS})`;
    } catch (error) {
      log.warn({ err: error }, 'housekeeping failed');
    }
  }

  const polling = { includeMetadata: true, pollingIntervalSeconds: 0.5, batchSize: 20 } as const;
  const work = await boss.work(QUEUE, polling, async (jobs: JobWithMetadata<Firing>[]) => {
    for (const job of jobs) await fire(job, options);
  });
  const listening = await sql.listen('weft_config', () => void reconcile(), () => void reconcile());
  const timers = [setInterval(() => void reconcile(), RECONCILE_MS), setInterval(() => void housekeeping(), HOUSEKEEPING_MS)];
  void housekeeping();

  return {
    reconcile,
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await listening.unlisten().catch(() => undefined);
      await boss.offWork(QUEUE, { id: work, wait: false });
      await running;
    },
  };
}

async function wantedSchedules({ sql, flows, log }: SchedulerOptions): Promise<Wanted[]> {
  const rows = await sql<{ flow_id: string; environment: string }[]>`select flow_id, environment from live_version where active`;
  const wanted: Wanted[] = [];
  for (const row of rows) {
    try {
      const flow = await flows.live(row.flow_id, row.environment);
      if (flow?.active) wanted.push(...schedulesOf(flow));
    } catch (error) {
      log.warn({ err: error, flowId: row.flow_id }, 'a live version cannot be read');
    }
  }
  return wanted;
}

function schedulesOf(flow: LiveFlow): Wanted[] {
  return flow.plan.steps.flatMap((step) => {
    const config = step.kind.kind === 'schedule-trigger' ? triggerSchema.safeParse(step.config) : null;
    if (!config?.success) return [];
    const firing = { flowId: flow.flowId, nodeId: step.nodeId, environment: flow.environment };
    return [{ key: `${flow.flowId}/${step.nodeId}/${flow.environment}`, ...config.data, firing }];
  });
}

async function fire(job: JobWithMetadata<Firing>, { flows, inbox, log }: SchedulerOptions): Promise<void> {
  const read = firingSchema.safeParse(job.data);
  if (!read.success) return;
  const { flowId, nodeId, environment } = read.data;
  const flow = await flows.live(flowId, environment);
  const step = flow?.active ? flow.stepOf(nodeId) : undefined;
  const config = triggerSchema.safeParse(step?.config);
  if (!flow || step?.kind.kind !== 'schedule-trigger' || !config.success) return;
  const scheduledFor = tickOf(config.data, job.createdOn).toISOString();
  const body = JSON.stringify({ scheduledFor });
  const accepted = await inbox.accept({
    partnerId: flow.partnerId, retailerId: flow.retailerId, flowId, environment, endpointKey: null, nodeId, trigger: 'schedule', lane: 0,
    orderingKey: null, deliveryId: deliveryOf(nodeId, scheduledFor), headers: '{}', body, contentType: 'application/json', data: { scheduledFor },
  });
  log.info({ flowId, nodeId, scheduledFor, duplicate: accepted.duplicate }, 'schedule fired');
}

/** Names one firing for good, whichever scheduler saw it. */
export function deliveryOf(nodeId: string, scheduledFor: string): string {
  return `schedule:${nodeId}:${scheduledFor}`;
}

/** The moment a job made at `createdAt` stands for: the last firing before it. pg-boss makes jobs within a minute of their time. */
export function tickOf(schedule: { cron: string; timeZone: string }, createdAt: Date): Date {
  const from = new Date(createdAt.getTime() - 120_000);
  const past = nextFirings({ ...schedule, from, count: 4 }).filter((firing) => firing.getTime() <= createdAt.getTime());
  return past.at(-1) ?? new Date(Math.floor(createdAt.getTime() / 60_000) * 60_000);
}
