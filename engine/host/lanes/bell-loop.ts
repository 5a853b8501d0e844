import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Sql } from '../database.ts';
import { faultPoint } from '../fault-points.ts';
import type { Log } from '../log.ts';
import { ringLanes } from './doorbell.ts';
import type { LaneManager } from './lane-manager.ts';

type Queue = 'lane' | 'lane-timer';
const bellSchema = z.object({ flowId: z.uuid(), lane: z.int() });
/** Few at a time, so that processes which hear the same ring share what it is about; more where each look takes long. */
const BATCH = { least: 4, most: 64, perMs: 1 / 10 };
/** In case a NOTIFY was lost; also how exactly a timed bell is kept. */
const POLL_MS = 1_000;
const SWEEP_MS = 4_000;

export interface BellLoop {
  stop(): Promise<void>;
}

/**
 * Listens for doorbells and takes the lanes they ring for. An own loop of fetch and complete, since `work()` with single jobs
 * handled 3 bells a second of 2,000 distinct ones (NOTIFY coalesces), this one 1,100 singly and 15,000 in batches of 50.
 * A full process leaves them to others, but not for longer than a poll: lanes nobody else takes get their turn beside its own.
 */
export async function startBellLoop(options: { boss: PgBoss; sql: Sql; log: Log; manager: LaneManager }): Promise<BellLoop> {
  const { boss, sql, log, manager } = options;
  let stopped = false;
  /** Bells that are being put away. */
  const completing = new Set<Promise<void>>();

  /** How long the last look for bells took, milliseconds. */
  let lookMs = 0;

  async function drain(queue: Queue, patient: boolean): Promise<void> {
    let first = true;
    while (!stopped && (manager.hasRoom() || (first && !patient))) {
      first = false;
      const batchSize = Math.min(BATCH.most, Math.max(BATCH.least, Math.ceil(lookMs * BATCH.perMs)));
      const askedAt = performance.now();
      const jobs = await boss.fetch<unknown>(queue, { batchSize });
      lookMs = performance.now() - askedAt;
      if (jobs.length === 0) return;
      faultPoint('after_bell');
      const rung = jobs.map((job) => bellSchema.safeParse(job.data)).flatMap((bell) => (bell.success ? [bell.data] : []));
      await manager.take(rung);
      // After the lease is ours: a process that dies in between leaves the bell to be rung again. Nobody waits for it: over a slow
      // network that would add a round trip to each bell that follows.
      complete(queue, jobs.map((job) => job.id));
      if (jobs.length < batchSize) return;
    }
  }

  function complete(queue: Queue, ids: string[]): void {
    const work = boss.complete(queue, ids).then(
      () => undefined,
      (error: unknown) => log.debug({ err: error }, 'bells could not be put away'),
    );
    completing.add(work);
    void work.then(() => completing.delete(work));
  }

  /** Drains one queue at a time, once more when it was asked meanwhile. */
  function answering(queue: Queue): { ask(patient: boolean): void; busy(): boolean } {
    let busy = false;
    let again: 'no' | 'patient' | 'now' = 'no';
    async function answer(patient: boolean): Promise<void> {
      busy = true;
      try {
        await drain(queue, patient);
        while (again !== 'no' && !stopped) {
          const next = again === 'patient';
          again = 'no';
          await drain(queue, next);
        }
      } catch (error) {
        log.debug({ err: error }, 'doorbells could not be answered');
      } finally {
        busy = false;
      }
    }
    return {
      ask(patient) {
        if (!busy) return void answer(patient);
        if (again !== 'now') again = patient ? 'patient' : 'now';
      },
      busy: () => busy,
    };
  }

  const lanes = answering('lane');
  // On its own, so that a bell does not wait for a look at the timers.
  const laneTimers = answering('lane-timer');
  const poll = (): void => {
    lanes.ask(false);
    laneTimers.ask(false);
  };

  async function sweep(): Promise<void> {
    try {
      const lanes = await silentLanes(sql);
      if (lanes.length > 0) log.info({ lanes: lanes.length }, 'lanes whose bell or worker was lost are rung again');
      await ringLanes(boss, lanes);
    } catch (error) {
      log.debug({ err: error }, 'lanes could not be swept');
    }
  }

  const listening = await listenForBells(sql, () => lanes.ask(true));
  const timers = [setInterval(poll, POLL_MS), setInterval(() => void sweep(), SWEEP_MS + Math.random() * 500)];
  poll();
  void sweep();

  return {
    async stop() {
      stopped = true;
      for (const timer of timers) clearInterval(timer);
      await listening.unlisten().catch(() => undefined);
      while (lanes.busy() || laneTimers.busy()) await new Promise((resolve) => setTimeout(resolve, 5));
      await Promise.all(completing);
    },
  };
}

/** pg-boss notifies a channel named after its schema; the payload is the queue's name. A missed one costs at most POLL_MS. */
async function listenForBells(sql: Sql, ring: () => void): Promise<{ unlisten(): Promise<void> }> {
  const [row] = await sql<{ channel: string }[]>`select 'pgboss_' || left(encode(sha224('pgboss'::bytea), 'hex'), 24) as channel`;
  return sql.listen(row?.channel ?? 'pgboss', (queue) => {
    if (queue === 'lane') ring();
  });
}

/**
 * Lanes with due events that nobody holds and whose bell seems lost: a worker was killed (its lease ran out), or a process died
 * between commit and work. Marks them as rung now, so that the other sweepers leave them alone for a while.
 */
async function silentLanes(sql: Sql): Promise<{ flowId: string; lane: number; retailerId: string }[]> {
  const rows = await sql<{ flow_id: string; number: number; retailer_id: string }[]>`
    update lane l set rung = true, rung_at = now()
    where (l.flow_id, l.number) in (
      select s.flow_id, s.number from lane s
      where (s.lease_until is null or s.lease_until < now()) and (not s.rung or s.rung_at is null or s.rung_at < now() - interval '3 seconds')
        and exists (select from lane_entry e where e.flow_id = s.flow_id and e.lane = s.number and e.due_at <= now())
      order by s.flow_id, s.number limit 500 for no key update skip locked)
    returning l.flow_id, l.number, l.retailer_id`;
  return rows.map((row) => ({ flowId: row.flow_id, lane: row.number, retailerId: row.retailer_id }));
}
