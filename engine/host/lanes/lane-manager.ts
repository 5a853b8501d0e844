import type { AnySql, Sql } from '../database.ts';
import { faultPoint } from '../fault-points.ts';
import type { Log } from '../log.ts';
import { StaleRun } from '#engine/run/journal.ts';
import type { Entry } from './entry.ts';
import { HeldLane } from './held-lane.ts';
import { acquireLanes, dropLanes, laneHeads, laneKey, releaseLane, renewLanes, type LaneId, type Lease } from './lease.ts';
import type { EntryRunner } from './run-entry.ts';

export interface LaneManagerOptions {
  sql: Sql;
  log: Log;
  /** Names this process in the lease. */
  owner: string;
  runner: EntryRunner;
  /** Runs under way at once in this process. */
  slots: number;
  /** Rings these lanes now, or at a time (epoch milliseconds). */
  ring(lanes: readonly (LaneId & { retailerId: string })[], at?: number): Promise<void>;
  /** Makes everything that is journalled durable. */
  flush(): Promise<void>;
}

export interface LaneManager {
  /** Takes these lanes, those that are free, and works on them. */
  take(lanes: readonly LaneId[]): Promise<void>;
  /**
   * Takes the lease of lanes within the transaction that accepts their events: a process with room does the work itself, and no
   * bell is needed. `adopt` them after the commit.
   */
  claim(tx: AnySql, lanes: readonly LaneId[]): Promise<Lease[]>;
  adopt(leases: readonly Lease[]): void;
  /** A lane for the next event of a flow without order: preferably one this process holds and that is not busy. */
  preferredLane(flowId: string, lanes: number): number;
  /** True when every one of these lanes is held here, so that no bell is needed. */
  holds(id: LaneId): boolean;
  /** An event this process has accepted. */
  offer(id: LaneId, entry: Entry): void;
  hasRoom(): boolean;
  /** Events waiting for this flow may run now (it was activated). */
  nudge(flowId: string | null): void;
  stop(deadlineMs: number): Promise<void>;
}

const TICK_MS = 50;
const HEARTBEAT_MS = 3_000;
/** A lane without work is kept this long: a steady trickle of events then costs no lease and no bell per event. */
const LINGER_MS = 1_000;
/** No flow may fill every slot: a vendor that hangs must not stop the others. */
const FLOW_SHARE = 0.75;
const BUSY_LANE = 32;
const NO_VERSION_WAIT_MS = 30_000;
const PROCESS_FAILURE_WAIT_MS = 2_000;

/**
 * The lanes this process holds, and the runs under way in them.
 *
 * A lane is *free* → *held* (lease taken; stays rung, so nobody rings for it; the head row is looked at every 50 ms, which finds
 * events that other processes accepted) → *lingering* (nothing to do for a second) → *free* (given back, unless an event came).
 * A lease that was taken over drops the lane at once; its runs stop quietly.
 *
 * Work is taken one event from each lane in turn, so a flow with a long queue does not keep a short one waiting.
 */
export function createLaneManager(options: LaneManagerOptions): LaneManager {
  const { sql, log, owner, runner, slots, ring } = options;
  const held = new Map<string, HeldLane>();
  const busyByFlow = new Map<string, number>();
  const releasing = new Set<HeldLane>();
  /** Turn-taking: lanes that may have something ready. */
  const turns: HeldLane[] = [];
  let running = 0;
  let stopping = false;
  let pumping = false;
  const tasks = new Set<Promise<void>>();
  /** Of a flow's lanes only every other one is taken without a bell: a burst that one process accepts must not be all its own to work on. */
  const home = Math.random() < 0.5 ? 0 : 1;
  const flowLimit = Math.max(1, Math.floor(slots * FLOW_SHARE));
  let spread = Math.floor(Math.random() * 1024);

  const timers = [setInterval(() => void tick(), TICK_MS), setInterval(() => void heartbeat(), HEARTBEAT_MS), setInterval(() => runner.showSlow(), 100)];

  function background(work: Promise<void>, what: string): void {
    const task: Promise<void> = work.catch((error: unknown) => log.warn({ err: error }, what)).finally(() => tasks.delete(task));
    tasks.add(task);
  }

  /** Starts as many runs as there are slots. Never runs inside itself. */
  function pump(): void {
    if (pumping || stopping) return;
    pumping = true;
    try {
      let idleTurns = 0;
      while (running < slots && turns.length > 0 && idleTurns < turns.length) {
        const lane = turns.shift();
        if (!lane) break;
        if (lane.lease.lost || performance.now() > lane.lease.validUntil) continue;
        lane.fill(sql, () => wake(lane));
        const { flowId } = lane.lease;
        const entry = (busyByFlow.get(flowId) ?? 0) < flowLimit ? lane.queue.next() : null;
        if (entry) {
          idleTurns = 0;
          start(lane, entry);
        } else idleTurns += 1;
        if (lane.queue.ready > 0) turns.push(lane);
      }
    } finally {
      pumping = false;
    }
  }

  function wake(lane: HeldLane): void {
    if (!turns.includes(lane)) turns.push(lane);
    pump();
  }

  function start(lane: HeldLane, entry: Entry): void {
    const { flowId } = lane.lease;
    running += 1;
    busyByFlow.set(flowId, (busyByFlow.get(flowId) ?? 0) + 1);
    void work(lane, entry).finally(() => {
      running -= 1;
      const left = (busyByFlow.get(flowId) ?? 1) - 1;
      if (left === 0) busyByFlow.delete(flowId);
      else busyByFlow.set(flowId, left);
      wake(lane);
    });
  }

  async function work(lane: HeldLane, entry: Entry): Promise<void> {
    const { queue, lease } = lane;
    try {
    const result = await runner.run(entry, lease, entry.orderingKey !== null);
      if (result.type === 'no_version') return queue.later(entry, { dueAt: Date.now() + NO_VERSION_WAIT_MS, attempt: entry.attempt, runId: entry.runId });
      const { retry } = result.outcome;
      // The slot is free from here on; only what comes after in the same lane waits for the journal.
      void result.written.then(() => {
        if (retry) queue.later(entry, { dueAt: retry.at, attempt: retry.spendsAttempt ? entry.attempt + 1 : entry.attempt, runId: result.runId });
        else queue.done(entry);
        if (entry.orderingKey !== null) wake(lane);
      });
    } catch (error) {
      if (lease.lost) return void queue.done(entry);
      // The lease could not be renewed in time, and is not lost either (the database is away): the event comes again with it.
      if (error instanceof StaleRun) return queue.later(entry, { dueAt: Date.now() + TICK_MS, attempt: entry.attempt, runId: entry.runId });
      log.error({ err: error, eventId: entry.eventId, flowId: lease.flowId }, 'an event could not be worked on; it will be tried again');
      queue.later(entry, { dueAt: Date.now() + PROCESS_FAILURE_WAIT_MS, attempt: entry.attempt, runId: entry.runId });
    }
  }

  let ticking = false;
  async function tick(): Promise<void> {
    if (ticking || held.size === 0) return;
    ticking = true;
    try {
      const heads = await laneHeads(sql, [...held.values()].map((lane) => lane.lease));
      const now = Date.now();
      for (const [key, lane] of held) {
        if (lane.lease.lost) held.delete(key);
        else visit(lane, heads.get(key) ?? 0, now);
      }
      pump();
    } catch (error) {
      log.debug({ err: error }, 'lanes could not be looked at');
    } finally {
      ticking = false;
    }
  }

  function visit(lane: HeldLane, head: number, now: number): void {
    lane.notice(head);
    const next = lane.queue.wake(now);
    lane.fill(sql, () => wake(lane));
    if (lane.queue.ready > 0 && !turns.includes(lane)) turns.push(lane);
    const idle = lane.queue.ready === 0 && lane.queue.running === 0 && !lane.behind && !lane.reading;
    if (!idle) lane.idleSince = performance.now();
    else if (!stopping && performance.now() - lane.idleSince > LINGER_MS && !(next !== null && next - now < LINGER_MS)) {
      background(release(lane, next), 'a lane could not be given back');
    }
  }

  async function release(lane: HeldLane, next: number | null): Promise<void> {
    if (releasing.has(lane)) return;
    releasing.add(lane);
    // From here on nothing may be offered to it, or an event would be taken into a lane that is not ours any more.
    held.delete(laneKey(lane.lease));
    try {
      faultPoint('before_lease_release');
      const given = await releaseLane(sql, lane.lease, lane.nextSeq);
      if (given) {
        lane.lease.lost = true;
        if (next !== null) await ring([{ ...lane.lease }], next);
      } else if (!lane.lease.lost && !stopping) {
        held.set(laneKey(lane.lease), lane);
      }
    } catch (error) {
      if (!lane.lease.lost) held.set(laneKey(lane.lease), lane);
      throw error;
    } finally {
      releasing.delete(lane);
    }
  }

  async function heartbeat(): Promise<void> {
    try {
      await renewLanes(sql, [...held.values(), ...releasing].map((lane) => lane.lease));
    } catch (error) {
      log.debug({ err: error }, 'leases could not be renewed');
    }
  }

  function adopt(leases: readonly Lease[]): void {
    for (const lease of leases) {
      faultPoint('after_claim');
      const lane = new HeldLane(lease);
      held.set(laneKey(lease), lane);
      lane.fill(sql, () => wake(lane));
    }
  }

  return {
    async take(lanes) {
      const wanted = lanes.filter((id) => !held.has(laneKey(id)));
      if (stopping || wanted.length === 0) return;
      adopt(await acquireLanes(sql, owner, wanted));
    },
    claim: (tx, lanes) => acquireLanes(tx, owner, lanes.filter((id) => id.lane % 2 === home)),
    adopt,
    preferredLane(flowId, lanes) {
      for (let number = 0; number < lanes; number += 1) {
        const lane = held.get(`${flowId}/${number}`);
        if (lane && !lane.lease.lost && lane.queue.ready < BUSY_LANE) return number;
      }
      spread += 1;
      return spread % lanes;
    },
    holds: (id) => held.has(laneKey(id)),
    offer(id, entry) {
      const lane = held.get(laneKey(id));
      if (!lane) return;
      lane.offer(entry);
      wake(lane);
    },
    hasRoom: () => !stopping && running < slots,
    nudge(flowId) {
      for (const lane of held.values()) {
        if (flowId !== null && lane.lease.flowId !== flowId) continue;
        lane.queue.wakeUnstarted();
        wake(lane);
      }
    },
    async stop(deadlineMs) {
      stopping = true;
      for (const timer of timers.slice(0, 1)) clearInterval(timer);
      const deadline = performance.now() + deadlineMs;
      while (running > 0 && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
      for (const timer of timers) clearInterval(timer);
      await Promise.allSettled(tasks);
      // Before the leases go: a run that another process began again would repeat its calls.
      await options.flush();
      const leases = [...held.values()].map((lane) => lane.lease);
      const unfinished = [...held.values()].filter((lane) => lane.queue.size > 0 || lane.behind).map((lane) => lane.lease);
      held.clear();
      await dropLanes(sql, leases);
      if (unfinished.length > 0) await ring(unfinished);
    },
  };
}
