import type postgres from 'postgres';
import { connect } from '#drizzle/client.ts';
import { migrate, type RoleUrls } from '#drizzle/migrate.ts';
import type { FlowDocument, FlowSettings } from '#engine/flow/document.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { LiveSeed, type Tenant } from '#engine/testing/seed-live-flow.ts';
import { generateSealingKey, publicKeyOf } from '#engine/vault/seal.ts';
import { check, type Fault, type Findings } from './check.ts';
import { Cluster } from './cluster.ts';
import { Far } from './far.ts';
import { Fleet } from './fleet.ts';
import { readRecords, type Records } from './read-records.ts';
import { now, Senders, type Sending } from './senders.ts';

export interface StageOptions {
  settings?: Record<string, string>;
  /** Where the database lives; a folder of the scenario's own by default. */
  clusterFolder?: string;
}

/** A live flow of one tenant, and what each of its events is expected to do in the world. */
export interface Target {
  flowId: string;
  endpoint: string;
  /** Slug that stands in every body and in the path of every call. */
  tenant: string;
  ids: Tenant;
  connectionId: string;
  /** Paths below the tenant's, one write each per event. */
  effects: string[];
  ordered: boolean;
}

export interface FlowWish {
  tenant?: string;
  /** Draws the flow on the connection to the far end. The usual one posts the event to `/orders`. */
  draw?(flow: FlowBuilder, connectionId: string): FlowBuilder;
  effects?: string[];
  ordered?: boolean;
  secret?: string;
  settings?: Partial<FlowSettings>;
}

export const RETRY = { maxAttempts: 20, baseSeconds: 0.2, maxSeconds: 2 };
const DATABASE = 'chaos';

/** Everything one scenario plays on: database, far end, engines, senders, and the records the checker compares. */
export class Stage {
  readonly cluster: Cluster;
  readonly urls: RoleUrls;
  readonly seed: LiveSeed;
  readonly far: Far;
  readonly fleet: Fleet;
  readonly senders: Senders;
  readonly masterKey: string;
  readonly faults: Fault[] = [];
  readonly targets: Target[] = [];
  /** Ports senders post to. */
  ingress: number[] = [];
  readonly #owner: postgres.Sql;

  private constructor(parts: Pick<Stage, 'cluster' | 'urls' | 'seed' | 'far' | 'fleet' | 'masterKey'> & { owner: postgres.Sql }) {
    this.cluster = parts.cluster;
    this.urls = parts.urls;
    this.seed = parts.seed;
    this.far = parts.far;
    this.fleet = parts.fleet;
    this.masterKey = parts.masterKey;
    this.#owner = parts.owner;
    this.senders = new Senders(() => this.ingress);
  }

  static async open(folder: string, seed: number, options: StageOptions = {}): Promise<Stage> {
    const cluster = new Cluster(options.clusterFolder ?? folder, options.settings);
    await cluster.start();
    const admin = connect({ url: cluster.url('postgres'), role: 'owner', max: 1 });
    await admin.sql.unsafe(`create database ${DATABASE}`);
    await admin.sql.end();
    const ownerUrl = cluster.url(DATABASE);
    const urls = await migrate(ownerUrl, { passwords: { web: 'chaos-web', auth: 'chaos-auth', engine: 'chaos-engine' } });
    const masterKey = (await generateSealingKey()).privateKey;
    const far = await Far.start(folder, seed);
    const live = new LiveSeed(ownerUrl, await publicKeyOf(masterKey));
    await live.allow(`127.0.0.1:${far.port}`);
    const owner = live.sql;
    const fleet = new Fleet({ folder, databaseUrl: urls.engineUrl, masterKey });
    return new Stage({ cluster, urls, seed: live, far, fleet, masterKey, owner });
  }

  get ownerUrl(): string {
    return this.cluster.url(DATABASE);
  }

  /** Makes a tenant with a live flow. */
  async flow(wish: FlowWish = {}): Promise<Target> {
    const ids = await this.seed.tenant(wish.tenant ?? `t${this.targets.length + 1}`);
    const tenant = wish.tenant ?? `t${this.targets.length + 1}`;
    const connectionId = await this.seed.connection(ids, { baseUrl: `${this.far.url}/${tenant}`, ...(wish.secret ? { secret: wish.secret, authKind: 'bearer' } : {}) });
    const { ordered = false, effects = ['/orders'] } = wish;
    const doc = drawing(wish, connectionId);
    const live = await this.seed.liveFlow(ids, doc);
    const target: Target = { flowId: live.flowId, endpoint: live.endpoints['hook'] ?? '', tenant, ids, connectionId, effects, ordered };
    this.targets.push(target);
    return target;
  }

  /** An event for a flow, ready to be sent. */
  event(target: Target, id: string, more: { key?: string; extra?: Record<string, unknown> } = {}): Sending {
    return { id, flow: target.flowId, endpoint: target.endpoint, tenant: target.tenant, ...more };
  }

  /** Notes a fault: what goes on while it lasts excuses a repeated call. */
  async during<T>(name: string, work: () => Promise<T>): Promise<T> {
    const fault: Fault = { name, from: now(), to: Number.POSITIVE_INFINITY };
    this.faults.push(fault);
    try {
      return await work();
    } finally {
      fault.to = now();
    }
  }

  /** Asks the database as its owner, again and again while it is away. */
  async ask<T>(query: (sql: postgres.Sql) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await query(this.#owner);
      } catch (error) {
        if (attempt >= 200) throw error;
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    }
  }

  /** Waits until no event is under way. @returns milliseconds it took, null when the time was up */
  async drained(timeoutMs: number, flowIds: string[] = this.targets.map((target) => target.flowId)): Promise<number | null> {
    const from = performance.now();
    while (performance.now() - from < timeoutMs) {
      const left = await this.ask((sql) => sql<{ n: number }[]>`select count(*)::int as n from lane_entry where flow_id = any(${flowIds}::uuid[])`);
      if (left[0]?.n === 0) return performance.now() - from;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return null;
  }

  /** What the database says by now. */
  records(): Promise<Records> {
    return this.ask((sql) => readRecords(sql, this.targets.map((target) => target.flowId)));
  }

  /** Lets the checker compare the three records. */
  async check(expected: { failed?: ReadonlySet<string> } = {}): Promise<Findings> {
    const records = await this.records();
    return check({ sent: this.senders.sent, calls: this.far.calls(), records, targets: this.targets, faults: this.faults, failed: expected.failed ?? new Set() });
  }

  async close(): Promise<void> {
    await this.senders.close();
    await this.fleet.stop();
    await this.seed.close().catch(() => undefined);
    await this.far.close();
    await this.cluster.stop();
  }
}

function drawing(wish: FlowWish, connectionId: string): FlowDocument {
  const flow = new FlowBuilder().settings({ retry: RETRY, ...(wish.ordered ? { orderingKey: 'key' } : {}), ...wish.settings });
  const draw = wish.draw ?? ((builder: FlowBuilder) => builder.node('hook', 'webhook-trigger', HOOK).node('erp', 'http-request', post(connectionId, '/orders')).edge('hook', 'erp'));
  return draw(flow, connectionId).build();
}

export const HOOK = { verification: { recipe: 'none', dedupeHeader: 'x-delivery' } };

/** Configuration of an http-request that posts the record and passes it on unchanged but for the answer's place. */
export function post(connectionId: string, url: string, more: Record<string, string | number> = {}): Record<string, string | number | { mode: string; field: string }> {
  return { connectionId, method: 'POST', url, answer: { mode: 'add', field: `answer${url.replaceAll('/', '_')}` }, ...more };
}
