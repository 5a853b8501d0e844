import { setTimeout as wait } from 'node:timers/promises';
import type { FlowSettings } from '#engine/flow/document.ts';
import { startChildEngine, type ChildEngine } from './child-engine.ts';
import { openEngineWorld, type EngineWorld } from './engine-world.ts';
import type { FarCall, FarEnd } from './far-end.ts';
import { FlowBuilder } from './flow-builder.ts';
import type { LiveFlowIds, LiveSeed, NewConnection, Tenant } from './seed-live-flow.ts';
import { until } from './until.ts';

export interface TrafficFlow extends LiveFlowIds {
  connectionId: string;
  /** Where its calls arrive at the far end. */
  path: string;
}

/** Engines in processes of their own, one database, and a far end that counts: what the scenarios of traffic are played in. */
export class TrafficWorld {
  readonly #world: EngineWorld;
  readonly seed: LiveSeed;
  readonly far: FarEnd;
  readonly engines: ChildEngine[] = [];
  #flows = 0;

  private constructor(world: EngineWorld) {
    this.#world = world;
    this.seed = world.seed;
    this.far = world.far;
  }

  /** @param engines processes to start */
  static async start(engines: number): Promise<TrafficWorld> {
    const world = new TrafficWorld(await openEngineWorld());
    await Promise.all(Array.from({ length: engines }, () => world.addEngine()));
    return world;
  }

  async addEngine(): Promise<ChildEngine> {
    const engine = await startChildEngine({ engineUrl: this.#world.database.engineUrl, masterKey: this.#world.masterKey, env: { WEFT_LOG_LEVEL: 'warn' } });
    this.engines.push(engine);
    return engine;
  }

  tenant(name: string): Promise<Tenant> {
    return this.seed.tenant(name);
  }

  connection(tenant: Tenant, options: Partial<NewConnection> = {}): Promise<string> {
    return this.seed.connection(tenant, { baseUrl: this.#world.farUrl, ...options });
  }

  /** webhook → POST of the event to a path of its own. */
  async flow(tenant: Tenant, connectionId: string, settings: Partial<FlowSettings> = {}): Promise<TrafficFlow> {
    this.#flows += 1;
    const path = `/flow${this.#flows}`;
    const doc = new FlowBuilder()
      .node('hook', 'webhook-trigger', { verification: { recipe: 'none' }, connectionId: null })
      .node('send', 'http-request', { connectionId, method: 'POST', url: path })
      .edge('hook', 'send')
      .settings({ retry: { maxAttempts: 5, baseSeconds: 0.2, maxSeconds: 1 }, ...settings })
      .build();
    return { ...(await this.seed.liveFlow(tenant, doc)), connectionId, path };
  }

  /** Sends one event to one of the engines; again when it is told to come back (503), as every sender does. @throws Error when it was refused */
  async send(flow: TrafficFlow, body: object, engine = 0): Promise<void> {
    const port = this.engines[engine % this.engines.length]?.port ?? 0;
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/in/${flow.endpoints['hook']}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      await answer.arrayBuffer();
      if (answer.status < 300) return;
      if (answer.status !== 503) throw new Error(`The event was answered with ${answer.status}.`);
      await wait(Number(answer.headers.get('retry-after')) * 1_000);
    }
  }

  /** Sends many, some at a time, in turn to all engines. */
  async sendMany(flow: TrafficFlow, bodies: readonly object[], atOnce = 16): Promise<void> {
    let next = 0;
    const sender = async (): Promise<void> => {
      for (let at = next++; at < bodies.length; at = next++) await this.send(flow, bodies[at] ?? {}, at);
    };
    await Promise.all(Array.from({ length: atOnce }, sender));
  }

  callsOf(flow: TrafficFlow): FarCall[] {
    return this.far.calls.filter((call) => call.path === flow.path);
  }

  /** Resolves once so many runs of the flow have succeeded. */
  async succeeded(flow: TrafficFlow, count: number, timeoutMs = 60_000): Promise<void> {
    await until(async () => {
      const [row] = await this.seed.sql<{ runs: number }[]>`select count(*)::int as runs from run where flow_id = ${flow.flowId} and state = 'succeeded'`;
      return (row?.runs ?? 0) >= count;
    }, timeoutMs, `${count} runs`);
  }

  async close(): Promise<void> {
    await Promise.all(this.engines.map((engine) => engine.kill('SIGTERM')));
    await this.#world.close();
  }
}

/** `count` events with a place in the order of sending. */
export function events(count: number, of: (at: number) => object = () => ({})): object[] {
  return Array.from({ length: count }, (_, at) => ({ at, ...of(at) }));
}

/** Calls beyond what a bucket allows in any stretch of time: capacity + rate × seconds, at worst. */
export function overBucket(times: readonly number[], bucket: { capacity: number; perSecond: number }): number {
  // As a bucket that is filled by time and emptied by calls; below zero is over.
  let level = bucket.capacity;
  let before = times[0] ?? 0;
  let worst = 0;
  for (const time of times) {
    level = Math.min(bucket.capacity, level + ((time - before) / 1000) * bucket.perSecond) - 1;
    before = time;
    worst = Math.max(worst, -level);
  }
  return worst;
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
