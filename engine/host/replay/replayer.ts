import type { PgBoss } from 'pg-boss';
import { keepsEffects } from '#engine/flow/keeps-effects.ts';
import { parseJson, type Json } from '#engine/flow/json.ts';
import { laneOf } from '#engine/flow/ordering.ts';
import type { Flows, LiveFlow } from '../config/flows.ts';
import type { Sql } from '../database.ts';
import { ringLanes } from '../lanes/doorbell.ts';
import type { LaneId } from '../lanes/lease.ts';
import type { Log } from '../log.ts';
import { newId } from '../new-id.ts';
import { transaction } from '../transaction.ts';

export interface ReplayerOptions {
  boss: PgBoss;
  sql: Sql;
  log: Log;
  flows: Flows;
}

export interface Replayer {
  /** Works off what is due now. For tests; else a timer does it. */
  tick(): Promise<void>;
  stop(): Promise<void>;
}

type Tx = Parameters<Parameters<Sql['begin']>[1]>[0];
type Bell = LaneId & { retailerId: string };

interface ReplayRow {
  id: string;
  mode: 'step' | 'start' | 'newest';
  per_second: number;
  waited: number;
}

interface ItemRow {
  run_id: string;
  state: string;
  pages: number;
  version_id: string;
  flow_id: string;
  node_id: string;
  environment: string | null;
  body: string | null;
}

const TICK_MS = 1_000;
/** A replay nobody worked on for a while catches up on at most this many seconds at once. */
const MOST_SECONDS = 2;

/**
 * Works through replays: of each one that runs, as many runs as its rate allows since the last look, in the order of the
 * originals. Any number of engines may do it: a replay is locked while one of them is at it, and its clock is in its row.
 */
export function startReplayer(options: ReplayerOptions): Replayer {
  const { boss, sql, log } = options;
  let running: Promise<void> | null = null;
  let stopped = false;

  async function tick(): Promise<void> {
    const replays = await sql<{ id: string }[]>`select id from replay where state = 'running'`;
    for (const { id } of replays) {
      if (stopped) return;
      const bells = await transaction(sql, (tx) => advance(tx, id, options));
      await ringLanes(boss, bells);
    }
  }

  const timer = setInterval(() => {
    running ??= tick()
      .catch((error: unknown) => log.warn({ err: error }, 'replays could not be worked on'))
      .finally(() => {
        running = null;
      });
  }, TICK_MS);

  return {
    tick,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** One look at one replay. @returns the lanes to ring once this is committed */
async function advance(tx: Tx, replayId: string, options: ReplayerOptions): Promise<Bell[]> {
  const [replay] = await tx<ReplayRow[]>`
    select id, mode, per_second, extract(epoch from clock_timestamp() - ticked_at)::float8 as waited from replay
    where id = ${replayId} and state = 'running' for update skip locked`;
  if (!replay) return [];
  const allowed = Math.floor(Math.min(replay.waited, MOST_SECONDS) * replay.per_second);
  if (allowed === 0) return [];
  const items = await tx<ItemRow[]>`
    select r.id as run_id, r.state, r.pages, r.version_id, r.flow_id, r.node_id, i.environment, i.body from replay_item t
    join run r on r.id = t.run_id left join inbox i on i.received_at = r.event_received_at and i.id = r.event_id
    where t.replay_id = ${replayId} and t.state = 'pending' order by t.position limit ${allowed}`;
  const bells: Bell[] = [];
  for (const item of items) {
    const begun = item.body === null || item.environment === null ? null : await again(tx, { replay, item, body: item.body, environment: item.environment }, options.flows);
    if (begun?.bell) bells.push(begun.bell);
    await tx`update replay_item set state = ${begun ? 'done' : 'skipped'}, new_run_id = ${begun?.runId ?? null} where replay_id = ${replayId} and run_id = ${item.run_id}`;
  }
  // Items whose run is gone are counted out with the rest.
  const [left] = await tx<{ pending: number; done: number; skipped: number }[]>`
    select count(*) filter (where t.state = 'pending' and r.id is not null)::int as pending, count(*) filter (where t.state = 'done')::int as done,
      count(*) filter (where t.state = 'skipped' or r.id is null)::int as skipped
    from replay_item t left join run r on r.id = t.run_id where t.replay_id = ${replayId}`;
  const ended = (left?.pending ?? 0) === 0;
  await tx`
    update replay set ticked_at = clock_timestamp(), done = ${left?.done ?? 0}, skipped = ${left?.skipped ?? 0},
      state = ${ended ? 'done' : 'running'}, finished_at = ${ended ? new Date() : null} where id = ${replayId}`;
  return bells;
}

interface Again {
  replay: ReplayRow;
  item: ItemRow;
  body: string;
  environment: string;
}

/** Runs one run again. @returns null when that is not possible (any more) */
async function again(tx: Tx, asked: Again, flows: Flows): Promise<{ runId: string; bell: Bell | null } | null> {
  const { replay, item } = asked;
  if (replay.mode === 'step') return reenqueue(tx, item.run_id);
  const pinned = await flows.version(item.version_id);
  const version = replay.mode === 'start' ? pinned : await flows.live(item.flow_id, asked.environment);
  if (!version || !version.stepOf(item.node_id)) return null;
  if (replay.mode === 'newest' && pinned && item.state === 'failed' && item.pages === 0 && (await keepsAll(tx, { item, pinned, version }))) {
    await tx`update run set version_id = ${version.versionId}, version_number = ${version.versionNumber} where id = ${item.run_id} and state = 'failed'`;
    return reenqueue(tx, item.run_id);
  }
  const newRunId = newId();
  const orderingKey = version.orderingKeyOf(parsed(asked.body));
  const lane = orderingKey === null ? Math.floor(Math.random() * version.lanes) : laneOf(orderingKey, version.lanes);
  const rows = await tx<{ flow_id: string; retailer_id: string; lane: number; ring: boolean }[]>`
    select flow_id, retailer_id, lane, ring from weft_rerun(${item.run_id}, ${version.versionId}, ${lane}, ${orderingKey}, ${newId()}, ${newRunId}, null, ${replay.id})`;
  return began(rows[0], newRunId);
}

async function reenqueue(tx: Tx, runId: string): Promise<{ runId: string; bell: Bell | null } | null> {
  const rows = await tx<{ flow_id: string; retailer_id: string; lane: number; ring: boolean }[]>`
    select flow_id, retailer_id, lane, ring from weft_reenqueue(${runId})`;
  return began(rows[0], runId);
}

function began(row: { flow_id: string; retailer_id: string; lane: number; ring: boolean } | undefined, runId: string): { runId: string; bell: Bell | null } | null {
  if (!row) return null;
  return { runId, bell: row.ring ? { flowId: row.flow_id, lane: row.lane, retailerId: row.retailer_id } : null };
}

/** Whether all that the run has confirmed still counts in the other version. */
async function keepsAll(tx: Tx, of: { item: ItemRow; pinned: LiveFlow; version: LiveFlow }): Promise<boolean> {
  const nodes = await tx<{ node_id: string }[]>`select distinct node_id from weft_confirmed_writes(array[${of.item.run_id}]::uuid[])`;
  return nodes.every(({ node_id: nodeId }) => keepsEffects(of.pinned.plan, of.version.plan, nodeId));
}

function parsed(body: string): Json {
  try {
    return body === '' ? {} : parseJson(body);
  } catch {
    return null;
  }
}
