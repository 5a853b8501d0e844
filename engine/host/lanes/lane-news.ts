import type { Sql } from '../database.ts';
import type { Log } from '../log.ts';
import { laneKey, type LaneId } from './lease.ts';

/** A lane and how far it has got: the seq its next event gets. */
export interface LaneHead extends LaneId {
  head: number;
}

/** Tells the other processes something about lanes. */
export interface LaneNews {
  /** Events were accepted into lanes that another process may hold. */
  accepted(lanes: readonly LaneHead[]): void;
  /** These lanes are free, and others should take them. */
  offered(lanes: readonly LaneId[]): Promise<void>;
  stop(): void;
}

/** What is heard from other processes. */
export interface LaneListener {
  accepted(lanes: LaneHead[]): void;
  offered(lanes: LaneId[]): void;
  /** A waiting entry is due now (weft_wake). */
  woken(lane: LaneId, seq: number): void;
}

/** Lanes that are told of within so long share one statement; a lane is told of at most as often. */
const GATHER_MS = 5;
/** A payload holds 8,000 bytes. */
const MOST = 120;

/** Says on which lanes there is something to do, so that nobody has to look at the head rows of his lanes every few milliseconds. */
export function createLaneNews(sql: Sql, log: Log): LaneNews {
  let lanes = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;

  async function tell(channel: 'weft_lane' | 'weft_offer', keys: readonly string[]): Promise<void> {
    const payloads: string[] = [];
    for (let at = 0; at < keys.length; at += MOST) payloads.push(keys.slice(at, at + MOST).join(','));
    await sql`select pg_notify(${channel}, payload) from unnest(${payloads}::text[]) as p (payload)`;
  }

  function flush(): void {
    timer = null;
    const keys = [...lanes].map(([key, head]) => `${key}/${head}`);
    lanes = new Map();
    // The slow look at the heads finds what was not heard of.
    tell('weft_lane', keys).catch((error: unknown) => log.debug({ err: error }, 'news of lanes were lost'));
  }

  return {
    accepted(ids) {
      for (const id of ids) lanes.set(laneKey(id), Math.max(id.head, lanes.get(laneKey(id)) ?? 0));
      if (lanes.size > 0) timer ??= setTimeout(flush, GATHER_MS);
    },
    offered: (ids) => tell('weft_offer', ids.map(laneKey)),
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}

/** Passes on what other processes (and this one) say about lanes. */
export async function listenToLanes(sql: Sql, listener: LaneListener): Promise<{ unlisten(): Promise<void> }> {
  const listening = await Promise.all([
    sql.listen('weft_lane', (payload) => listener.accepted(headsOf(payload))),
    sql.listen('weft_offer', (payload) => listener.offered(lanesOf(payload))),
    sql.listen('weft_wake', (payload) => {
      const [flowId = '', lane, seq] = payload.split('/');
      listener.woken({ flowId, lane: Number(lane) }, Number(seq));
    }),
  ]);
  return {
    async unlisten() {
      await Promise.all(listening.map((one) => one.unlisten()));
    },
  };
}

function headsOf(payload: string): LaneHead[] {
  return payload.split(',').map((one) => {
    const [flowId = '', lane, head] = one.split('/');
    return { flowId, lane: Number(lane), head: Number(head) };
  });
}

function lanesOf(payload: string): LaneId[] {
  return payload.split(',').map((key) => {
    const [flowId = '', lane] = key.split('/');
    return { flowId, lane: Number(lane) };
  });
}
