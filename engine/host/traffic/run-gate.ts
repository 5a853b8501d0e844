import type { Flows, LiveFlow } from '../config/flows.ts';
import type { Sql } from '../database.ts';
import type { Log } from '../log.ts';
import type { Shares } from './shares.ts';
import type { Limit, Tokens } from './tokens.ts';

/** The right to work on one event; give it back when the run ends or waits. */
export interface RunPermit {
  keys: readonly string[];
}

export interface RunGate {
  /**
   * The right to start a run of this flow now. `closed`: not now, ask again when told that there is more. The gate asks for what
   * is missing by itself.
   */
  take(flowId: string, environment: string): RunPermit | 'closed';
  give(permit: RunPermit): void;
  /** Place of the flow's priority in PRIORITIES, as far as known. */
  rank(flowId: string, environment: string): number;
  stop(): void;
}

const NONE: RunPermit = { keys: [] };
/** How often it is looked whether the backlog of a hold is gone. */
const DRAIN_LOOK_MS = 2_000;

/** Caps on runs (flow, retailer) and held flows: whether an event may be started, decided before anything is spent on it. */
export function createRunGate(options: { sql: Sql; log: Log; flows: Flows; shares: Shares; tokens: Tokens; more(): void }): RunGate {
  const { sql, log, flows, shares, tokens, more } = options;
  const draining = new Map<string, { limit: Limit; environment: string; lookedAt: number }>();
  const permits = new Map<LiveFlow, RunPermit>();

  function drainLimit(flow: LiveFlow, rate: number): Limit {
    const known = draining.get(flow.flowId);
    if (known && known.limit.spec.rate === rate) return known.limit;
    const limit = tokens.limit({
      account: `flow:${flow.flowId}`, part: 1, partnerId: flow.partnerId, retailerId: flow.retailerId, style: 'drain', capacity: Math.max(1, Math.ceil(rate / 2)), rate, windowMs: 0,
    });
    draining.set(flow.flowId, { limit, environment: flow.environment, lookedAt: Date.now() });
    return limit;
  }

  function permitOf(flow: LiveFlow): RunPermit {
    const known = permits.get(flow);
    if (known) return known;
    // Of versions and states that are no longer live nothing needs to be remembered.
    if (permits.size > 1_000) permits.clear();
    const permit = { keys: [`flow:${flow.flowId}`, ...(flow.retailerConcurrency === null ? [] : [`retailer:${flow.retailerId}`])] };
    permits.set(flow, permit);
    return permit;
  }

  function takeOf(flow: LiveFlow): RunPermit | 'closed' {
    if (flow.held) return 'closed';
    const permit = permitOf(flow);
    const [flowKey = '', retailerKey] = permit.keys;
    if (!shares.take(flowKey, Math.max(1, flow.plan.settings.concurrency))) return 'closed';
    if (retailerKey !== undefined && !shares.take(retailerKey, flow.retailerConcurrency ?? 1)) {
      shares.give(flowKey);
      return 'closed';
    }
    if (flow.drainPerSecond === null || tokens.spend([{ limit: drainLimit(flow, flow.drainPerSecond), cost: 1 }])) return permit;
    for (const key of permit.keys) shares.give(key);
    return 'closed';
  }

  /** What came before the flow was resumed has been started: from now on events run as they come. */
  async function look(): Promise<void> {
    for (const [flowId, drain] of draining) {
      if (Date.now() - drain.lookedAt < DRAIN_LOOK_MS) continue;
      drain.lookedAt = Date.now();
      if (flows.known(flowId, drain.environment)?.drainPerSecond === null) {
        draining.delete(flowId);
        continue;
      }
      await sql`
        update live_version v set drain_per_second = null
        where v.flow_id = ${flowId} and v.environment = ${drain.environment} and v.drain_per_second is not null and not v.held
          and not exists (select from lane_entry e where e.flow_id = v.flow_id and e.run_id is null and e.received_at <= v.resumed_at)`;
    }
  }

  const timer = setInterval(() => void look().catch((error: unknown) => log.debug({ err: error }, 'backlogs could not be looked at')), DRAIN_LOOK_MS / 2);

  return {
    take(flowId, environment) {
      const known = flows.known(flowId, environment);
      if (known) return takeOf(known);
      const found = flows.live(flowId, environment);
      // Without a version the runner lets it wait.
      if (found === null) return NONE;
      if (found instanceof Promise) {
        found.then(more, more);
        return 'closed';
      }
      return takeOf(found);
    },
    give(permit) {
      for (const key of permit.keys) shares.give(key);
    },
    rank: (flowId, environment) => flows.known(flowId, environment)?.rank ?? 0,
    stop: () => clearInterval(timer),
  };
}
