import { compileFlow, type FlowPlan, type PlanStep } from '#engine/flow/compile.ts';
import { PRIORITIES, type Priority } from '#engine/flow/document.ts';
import { parseJson, type Json } from '#engine/flow/json.ts';
import { keyTextAt, laneCount, orderingKeyReader } from '#engine/flow/ordering.ts';
import { parsePath } from '#engine/flow/path.ts';
import { readFlow } from '#engine/flow/read-flow.ts';
import type { Sql } from '../database.ts';

/** A published version, ready to run. */
export interface LiveFlow {
  flowId: string;
  partnerId: string;
  retailerId: string;
  environment: string;
  versionId: string;
  versionNumber: number;
  /** False: paused. Nothing new comes in; what was accepted before still runs. */
  active: boolean;
  /** Events come in and wait. */
  held: boolean;
  /** Events a second that are started while the backlog of a hold is worked off; null: as fast as it goes. */
  drainPerSecond: number | null;
  /** Events of the retailer worked on at once, over all its flows; null: no cap. */
  retailerConcurrency: number | null;
  /** Place of its priority in PRIORITIES: 0 is the most urgent. */
  rank: number;
  plan: FlowPlan;
  /** Lanes the flow's events are spread over. */
  lanes: number;
  /** Value that orders events; null when the flow keeps no order or the event has no such value. */
  orderingKeyOf(data: Json): string | null;
  businessKeysOf(data: Json): string[];
  stepOf(nodeId: string): PlanStep | undefined;
}

interface Row {
  flow_id: string;
  partner_id: string;
  retailer_id: string;
  environment: string;
  version_id: string;
  number: number;
  active: boolean;
  held: boolean;
  drain_per_second: number | null;
  retailer_concurrency: number | null;
  doc: string;
}

export interface Flows {
  /** The version an environment runs, active or paused; null when there is none. From memory when it is there. */
  live(flowId: string, environment: string): LiveFlow | null | Promise<LiveFlow | null>;
  /** The same, when it is in memory; undefined: not yet. */
  known(flowId: string, environment: string): LiveFlow | undefined;
  /** A version by id, for a run that is pinned to it. */
  version(versionId: string): LiveFlow | null | Promise<LiveFlow | null>;
  forget(flowId: string): void;
  forgetAll(): void;
}

const MISSING_MS = 5_000;
/** Compiled versions kept; one is a few ten kilobytes. */
const MAX_VERSIONS = 1_000;

/** Compiled flows in memory. Versions never change; which one is live does, and is dropped on `weft_config`. */
export function createFlows(sql: Sql): Flows {
  const compiled = new Map<string, LiveFlow>();
  const live = new Map<string, LiveFlow>();
  const loading = new Map<string, Promise<LiveFlow | null>>();
  /** Flows without a version, until when that is believed: their waiting events ask again and again. */
  const missing = new Map<string, number>();

  function build(row: Row): LiveFlow {
    const known = compiled.get(row.version_id);
    if (known) {
      const { active, environment, held } = row;
      return { ...known, active, environment, held, drainPerSecond: row.drain_per_second, retailerConcurrency: row.retailer_concurrency };
    }
    const flow = compileRow(row);
    compiled.set(row.version_id, flow);
    const [oldest] = compiled.keys();
    if (compiled.size > MAX_VERSIONS && oldest !== undefined) compiled.delete(oldest);
    return flow;
  }

  function once(key: string, load: () => Promise<LiveFlow | null>): Promise<LiveFlow | null> {
    const running = loading.get(key);
    if (running) return running;
    const started = load().finally(() => loading.delete(key));
    loading.set(key, started);
    return started;
  }

  return {
    live(flowId, environment) {
      const key = `${flowId}/${environment}`;
      if ((missing.get(key) ?? 0) > Date.now()) return null;
      return live.get(key) ?? once(key, async () => {
        const rows = await sql<Row[]>`
          select l.flow_id, l.partner_id, l.retailer_id, l.environment, l.version_id, v.number, l.active, l.held, l.drain_per_second,
            r.concurrency as retailer_concurrency, v.doc
          from live_version l join flow_version v on v.id = l.version_id left join retailer r on r.id = l.retailer_id
          where l.flow_id = ${flowId} and l.environment = ${environment}`;
        const flow = rows[0] ? build(rows[0]) : null;
        if (flow) live.set(key, flow);
        else missing.set(key, Date.now() + MISSING_MS);
        return flow;
      });
    },
    known: (flowId, environment) => live.get(`${flowId}/${environment}`),
    version(versionId) {
      return compiled.get(versionId) ?? once(versionId, async () => {
        const rows = await sql<Row[]>`
          select v.flow_id, v.partner_id, v.retailer_id, 'production' as environment, v.id as version_id, v.number, true as active, false as held, null::int as drain_per_second,
            null::int as retailer_concurrency, v.doc
          from flow_version v where v.id = ${versionId}`;
        return rows[0] ? build(rows[0]) : null;
      });
    },
    forget(flowId) {
      for (const known of [live, missing]) for (const key of known.keys()) if (key.startsWith(flowId)) known.delete(key);
    },
    forgetAll() {
      live.clear();
      missing.clear();
    },
  };
}

/** @throws Error when the stored document cannot be read or compiled by this release */
function compileRow(row: Row): LiveFlow {
  const read = readFlow(parseJson(row.doc));
  if (!read.ok) throw new Error(`Version ${row.version_id} cannot be read: ${read.error.code}`);
  return describeFlow(row, compileFlow(read.doc));
}

/** Place of a priority in PRIORITIES; orders when a flow says nothing. */
export function rankOf(priority: Priority | undefined): number {
  return priority === undefined ? 0 : PRIORITIES.indexOf(priority);
}

/** What the engine wants to know of a plan, computed once. */
export function describeFlow(row: Omit<Row, 'doc'>, plan: FlowPlan): LiveFlow {
  const steps = new Map(plan.steps.map((step) => [step.nodeId, step]));
  const keys = plan.settings.businessKeys.map(({ path }) => parsePath(path)).filter((path) => path !== null);
  return {
    flowId: row.flow_id,
    partnerId: row.partner_id,
    retailerId: row.retailer_id,
    environment: row.environment,
    versionId: row.version_id,
    versionNumber: row.number,
    active: row.active,
    held: row.held,
    drainPerSecond: row.drain_per_second,
    retailerConcurrency: row.retailer_concurrency,
    rank: rankOf(plan.settings.priority),
    plan,
    lanes: laneCount(plan.settings),
    orderingKeyOf: orderingKeyReader(plan.settings),
    businessKeysOf: (data) => keys.map((path) => keyTextAt(data, path)).filter((text) => text !== ''),
    stepOf: (nodeId) => steps.get(nodeId),
  };
}
