import type { Sql } from '../database.ts';
import type { HeldLane } from './held-lane.ts';
import type { LaneNews } from './lane-news.ts';
import { dropLanes, laneKey, type LaneId } from './lease.ts';

/** A lane is kept at least so long before another process may have it. */
const SLICE_MS = 1_000;
/** What is to leave and still has runs under way after this stays. */
const LEAVE_MS = 5_000;
/** A lane that was given to others is not taken back at once. */
const AVOID_MS = 3_000;

/**
 * Gives lanes with a backlog to processes that have less to do. A lane *stays* → *leaves* (nothing more is started) → is *handed
 * over* when its last run has ended: free, and offered to the others.
 */
export class LaneSharing {
  readonly #sql: Sql;
  readonly #news: LaneNews;
  /** Lanes handed over, until when they are left to others. */
  readonly #avoided = new Map<string, number>();

  constructor(sql: Sql, news: LaneNews) {
    this.#sql = sql;
    this.#news = news;
  }

  /** Chooses lanes to leave, of the flows with the most lanes here. */
  choose(held: Iterable<HeldLane>, count: number): HeldLane[] {
    const now = performance.now();
    const byFlow = new Map<string, HeldLane[]>();
    for (const lane of held) {
      if (!lane.backlog || lane.leavingSince !== null || now - lane.heldSince < SLICE_MS) continue;
      byFlow.set(lane.lease.flowId, [...(byFlow.get(lane.lease.flowId) ?? []), lane]);
    }
    const chosen: HeldLane[] = [];
    while (chosen.length < count) {
      const [most] = [...byFlow.values()].sort((one, other) => other.length - one.length);
      const lane = most?.pop();
      if (!lane) break;
      lane.leavingSince = now;
      chosen.push(lane);
    }
    return chosen;
  }

  /** What becomes of a lane that leaves: it may go, it stays after all, or its runs are waited for. */
  verdict(lane: HeldLane): 'go' | 'stay' | 'wait' {
    if (lane.queue.running === 0 && !lane.reading) return 'go';
    return performance.now() - (lane.leavingSince ?? 0) > LEAVE_MS ? 'stay' : 'wait';
  }

  /** The caller holds it no more. */
  async handOver(lane: HeldLane): Promise<void> {
    this.#avoided.set(laneKey(lane.lease), performance.now() + AVOID_MS);
    lane.lease.lost = true;
    await dropLanes(this.#sql, [lane.lease]);
    // Unrung: should nobody want it, the sweeper or the next event rings.
    await this.#news.offered([lane.lease]);
  }

  isAvoided(id: LaneId): boolean {
    const until = this.#avoided.get(laneKey(id));
    if (until === undefined) return false;
    if (performance.now() < until) return true;
    this.#avoided.delete(laneKey(id));
    return false;
  }
}
