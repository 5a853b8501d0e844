import type { AnySql, Sql } from '../database.ts';
import { faultPoint } from '../fault-points.ts';
import type { Log } from '../log.ts';
import type { RunGate, RunPermit } from '../traffic/run-gate.ts';
import { StaleRun } from '#engine/run/journal.ts';
import type { Entry } from './entry.ts';
import { HeadLook } from './head-look.ts';
import { HeldLane } from './held-lane.ts';
import { listenToLanes, type LaneNews } from './lane-news.ts';
import { TRAFFIC_CODES } from './lane-queue.ts';
import { LaneSharing } from './lane-sharing.ts';
import { acquireLanes, dropLanes, laneKey, releaseLane, renewLanes, type LaneId, type Lease } from './lease.ts';
import type { EntryRunner } from './run-entry.ts';
import { TurnTaking } from './turn-taking.ts';
import { wakeWaitingFor } from './wake-waiting.ts';
import { forgetWorker, reportWorker } from './workers.ts';

export interface LaneManagerOptions {
  sql: Sql;
  log: Log;
  /** Names this process in the lease. */
  owner: string;
  runner: EntryRunner;
  gate: RunGate;
  news: LaneNews;
  /** Runs under way at once in this process. */
  slots: number;
  /** Rings these lanes now, or at a time (epoch milliseconds). */
  ring(lanes: readonly (LaneId & { retailerId: string })[], at?: number): Promise<void>;
  /** Makes everything that is journalled durable. */
  flush(): Promise<void>;
  /** Calls go to this connection, as far as this process knows. */
  isWell(connectionId: string): boolean;
  /** Engine processes that work, this one included. */
  countWorkers(count: number): void;
}

export interface LaneManager {
  /** Takes these lanes, those that are free, and works on them. */
  take(lanes: readonly LaneId[]): Promise<void>;
  /**
   * Takes the lease of lanes within the transaction that accepts their events: a process with room does the work itself, and no
   * bell is needed. `adopt` them after the commit.
   */
  claim(tx: AnySql, lanes: readonly (LaneId & { urgent?: boolean })[]): Promise<Lease[]>;
  adopt(leases: readonly Lease[]): void;
  /** A lane for the next event of a flow without order: preferably one this process holds and that is not busy. */
  preferredLane(flowId: string, lanes: number): number;
  /** True when every one of these lanes is held here, so that no bell is needed. */
  holds(id: LaneId): boolean;
  /** An event this process has accepted. */
  offer(id: LaneId, entry: Entry): void;
  hasRoom(): boolean;
  /** For metrics: lanes held, runs under way, events ready to start. */
  stats(): { lanes: number; running: number; ready: number };
  /** Events waiting for this flow may run now (it was activated, or resumed). */
  nudge(flowId: string | null): void;
  /** There may be permits or tokens that were short. */
  more(): void;
  /** Calls go to this connection again. */
  connectionResumed(connectionId: string): void;
  /** The next try of an open connection is in so long. */
  probeMoved(connectionId: string, inMs: number): void;
  stop(deadlineMs: number): Promise<void>;
}

/** Waiting entries, idle lanes: looked at in memory. */
const TICK_MS = 50;
/** Head rows of held lanes, in case a notice was lost, or the web accepted an event. */
const HEADS_MS = 250;
const HEARTBEAT_MS = 2_000;
/**
 * A lane without work is kept this long: a steady trickle of events then costs no lease and no bell per event. Where statements
 * take long, so much longer, as taking a lane again costs four of them.
 */
const LINGER = { leastMs: 1_000, mostMs: 5_000, statements: 8 };
/** No retailer may fill every slot: a vendor that hangs must not stop the others. */
const RETAILER_SHARE = 0.75;
const BUSY_LANE = 32;
const NO_VERSION_WAIT_MS = 30_000;
const PROCESS_FAILURE_WAIT_MS = 2_000;
/** What is over when a connection is well again. */
const UNWELL_CODES: ReadonlySet<string> = new Set(['breaker_open', 'connection_paused']);

/**
 * The lanes this process holds, and the runs under way in them.
 *
 * A lane is *free* → *held* (lease taken; stays rung, so nobody rings for it; whoever accepts events for it elsewhere says so by
 * NOTIFY) → *lingering* (nothing to do for a second) → *free* (given back, unless an event came), or → *leaving* (this process has
 * more than its part of the lanes with a backlog; nothing more is started) → *free* and offered to the others.
 * A lease that was taken over drops the lane at once; its runs stop quietly.
 *
 * Retailers take turns (turn-taking.ts); the gate says whether a flow may start anything at all (run-gate.ts).
 */
export function createLaneManager(options: LaneManagerOptions): LaneManager {
  const { sql, log, owner, runner, gate, news, slots, ring } = options;
  const held = new Map<string, HeldLane>();
  const busyByRetailer = new Map<string, number>();
  const releasing = new Set<HeldLane>();
  const sharing = new LaneSharing(sql, news);
  const turns = new TurnTaking();
  const heads = new HeadLook({ sql, log, held, found: (lane) => lane.fill(sql, () => wake(lane)) });
  let running = 0;
  let stopping = false;
  let pumping = false;
  const tasks = new Set<Promise<void>>();
  /** Of a flow's lanes only every other one is taken without a bell: a burst that one process accepts must not be all its own to work on. */
  const home = Math.random() < 0.5 ? 0 : 1;
  const retailerLimit = Math.max(1, Math.floor(slots * RETAILER_SHARE));
  let spread = Math.floor(Math.random() * 1024);
  /** What a statement takes, the way there and back included. */
  let statementMs = 0;
  const lingerMs = () => Math.min(LINGER.mostMs, Math.max(LINGER.leastMs, statementMs * LINGER.statements));

  const timers = [
    setInterval(tick, TICK_MS), setInterval(() => heads.at([...held.values()].map((lane) => lane.lease)), HEADS_MS),
    setInterval(() => void heartbeat(), HEARTBEAT_MS), setInterval(() => runner.showSlow(), 100),
  ];
  const listening = listenToLanes(sql, {
    accepted(lanes) {
      for (const { head, ...id } of lanes) {
        const lane = held.get(laneKey(id));
        lane?.notice(head);
        lane?.fill(sql, () => wake(lane));
      }
    },
    offered(lanes) {
      if (hasRoom()) background(take(lanes.filter((id) => !sharing.isAvoided(id))), 'lanes that were offered could not be taken');
    },
    woken(id, seq) {
      const lane = held.get(laneKey(id));
      lane?.queue.woken(seq);
      if (lane) wake(lane);
    },
  });
  listening.catch((error: unknown) => log.warn({ err: error }, 'news of lanes cannot be heard'));

  function background(work: Promise<void>, what: string): void {
    const task: Promise<void> = work.catch((error: unknown) => log.warn({ err: error }, what)).finally(() => tasks.delete(task));
    tasks.add(task);
  }

  /** Starts as many runs as there are slots. Never runs inside itself. */
  function pump(): void {
    if (pumping || stopping) return;
    pumping = true;
    try {
      turns.begin();
      while (running < slots) {
        const lane = turns.next();
        if (!lane) break;
        startFrom(lane);
      }
    } finally {
      pumping = false;
    }
  }

  /** Starts the lane's next event, or takes the lane or its flow out of the round. */
  function startFrom(lane: HeldLane): void {
    const { lease, queue } = lane;
    const now = performance.now();
    if (lease.lost || now > lease.validUntil || lane.leavingSince !== null) return turns.remove(lane);
    lane.fill(sql, () => wake(lane));
    const startedOnly = lane.throttled(now);
    const first = queue.peek(startedOnly);
    if (!first?.body) return turns.remove(lane);
    const { environment } = first.body;
    if ((busyByRetailer.get(lease.retailerId) ?? 0) >= retailerLimit) return turns.close(lease.flowId);
    const permit = gate.take(lease.flowId, environment);
    if (permit === 'closed') return turns.close(lease.flowId);
    const entry = queue.next(startedOnly);
    if (!entry) return gate.give(permit);
    if (entry.runId === null) lane.noteFresh(now);
    turns.charge(lane, gate.rank(lease.flowId, environment));
    start(lane, entry, permit);
    if (queue.ready === 0) turns.remove(lane);
  }

  function wake(lane: HeldLane): void {
    if (lane.queue.ready > 0 && lane.leavingSince === null) turns.add(lane);
    pump();
  }

  function start(lane: HeldLane, entry: Entry, permit: RunPermit): void {
    const { retailerId } = lane.lease;
    running += 1;
    busyByRetailer.set(retailerId, (busyByRetailer.get(retailerId) ?? 0) + 1);
    void work(lane, entry).finally(() => {
      running -= 1;
      gate.give(permit);
      const left = (busyByRetailer.get(retailerId) ?? 1) - 1;
      if (left === 0) busyByRetailer.delete(retailerId);
      else busyByRetailer.set(retailerId, left);
      wake(lane);
    });
  }

  async function work(lane: HeldLane, entry: Entry): Promise<void> {
    const { queue, lease } = lane;
    try {
      const result = await runner.run(entry, lease, entry.orderingKey !== null);
      if (result.type === 'no_version') return queue.later(entry, { dueAt: Date.now() + NO_VERSION_WAIT_MS, attempt: entry.attempt, runId: entry.runId });
      const { retry } = result.outcome;
      lane.noteRun(retry?.code !== undefined && TRAFFIC_CODES.has(retry.code));
      // The slot is free from here on; only what comes after in the same lane waits for the journal.
      void result.written.then(() => {
        if (retry) queue.later(entry, laterOf(entry, retry, result.runId));
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

  function laterOf(entry: Entry, retry: { at: number; spendsAttempt: boolean; code?: string; ref?: string | null; letsOthersPass?: boolean }, runId: string) {
    const { at, spendsAttempt, code = null, ref = null, letsOthersPass = false } = retry;
    // It may have come back while this was being written down, and then nobody wakes us.
    const over = code !== null && ref !== null && UNWELL_CODES.has(code) && options.isWell(ref);
    return { dueAt: over ? Date.now() : at, attempt: spendsAttempt ? entry.attempt + 1 : entry.attempt, runId, waitingCode: code, waitingRef: ref, letsPass: letsOthersPass };
  }

  function tick(): void {
    const now = Date.now();
    for (const [key, lane] of held) {
      if (!lane.lease.lost) visit(lane, now);
      else {
        held.delete(key);
        turns.remove(lane);
      }
    }
    pump();
  }

  function visit(lane: HeldLane, now: number): void {
    const next = lane.queue.wake(now);
    lane.fill(sql, () => wake(lane));
    if (lane.leavingSince !== null) return leave(lane);
    if (lane.queue.ready > 0) turns.add(lane);
    const idle = lane.queue.ready === 0 && lane.queue.running === 0 && !lane.behind && !lane.reading;
    if (!idle) lane.idleSince = performance.now();
    else if (!stopping && performance.now() - lane.idleSince > lingerMs() && !(next !== null && next - now < lingerMs())) {
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
        keep(lane);
      }
    } catch (error) {
      if (!lane.lease.lost) keep(lane);
      throw error;
    } finally {
      releasing.delete(lane);
    }
  }

  /** It could not be given back: an event came, and word of it may have come while the lane was on its way out. */
  function keep(lane: HeldLane): void {
    // Or it would leave again at the next tick, and over a slow network be on its way out nearly all the time.
    lane.idleSince = performance.now();
    held.set(laneKey(lane.lease), lane);
    heads.at([lane.lease]);
  }

  function leave(lane: HeldLane): void {
    const verdict = sharing.verdict(lane);
    if (verdict === 'stay') lane.leavingSince = null;
    if (verdict !== 'go') return;
    held.delete(laneKey(lane.lease));
    background(sharing.handOver(lane), 'a lane could not be handed over');
  }

  async function heartbeat(): Promise<void> {
    try {
      const leases = [...held.values(), ...releasing].map((lane) => lane.lease);
      const askedAt = performance.now();
      await renewLanes(sql, leases);
      if (leases.length > 0) statementMs = performance.now() - askedAt;
      if (stopping) return;
      const { surplus, workers } = await reportWorker(sql, owner, [...held.values()].filter((lane) => lane.backlog && lane.leavingSince === null).length);
      options.countWorkers(workers);
      for (const lane of sharing.choose(held.values(), surplus)) turns.remove(lane);
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

  const hasRoom = () => !stopping && running < slots;

  async function take(lanes: readonly LaneId[]): Promise<void> {
    const wanted = lanes.filter((id) => !held.has(laneKey(id)));
    if (stopping || wanted.length === 0) return;
    adopt(await acquireLanes(sql, owner, wanted));
  }

  return {
    take,
    claim: (tx, lanes) => acquireLanes(tx, owner, lanes.filter((id) => id.urgent === true || (id.lane % 2 === home && !sharing.isAvoided(id)))),
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
    hasRoom,
    stats: () => ({ lanes: held.size, running, ready: [...held.values()].reduce((sum, lane) => sum + lane.queue.ready, 0) }),
    nudge(flowId) {
      for (const lane of held.values()) {
        if (flowId !== null && lane.lease.flowId !== flowId) continue;
        lane.queue.wakeUnstarted();
        wake(lane);
      }
    },
    more: pump,
    connectionResumed(connectionId) {
      for (const lane of held.values()) {
        lane.queue.hasten((entry) => entry.waitingRef === connectionId && UNWELL_CODES.has(entry.waitingCode ?? ''), () => 0);
        wake(lane);
      }
      background(wakeWaitingFor(sql, connectionId, ring), 'runs that waited for a connection could not be woken');
    },
    probeMoved(connectionId, inMs) {
      // Not all at once: the first to come is the probe, and the others are turned away.
      const at = Date.now() + inMs;
      for (const lane of held.values()) lane.queue.hasten((entry) => entry.waitingRef === connectionId && entry.waitingCode === 'breaker_open', () => at + Math.random() * 500);
    },
    async stop(deadlineMs) {
      stopping = true;
      for (const timer of timers.slice(0, 2)) clearInterval(timer);
      await listening.then((one) => one.unlisten()).catch(() => undefined);
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
      await forgetWorker(sql, owner);
    },
  };
}
