import { z } from 'zod';
import type { PlanStep } from '#engine/flow/compile.ts';
import { webhookVerificationSchema, type WebhookVerification } from '#engine/nodes/webhook-verification.ts';
import { schemaCheckOf } from '#engine/nodes/schema-text.ts';
import { triggerPlan } from '#engine/run/trigger-plan.ts';
import type { Sql } from '../database.ts';
import type { Connections, LiveConnection } from './connections.ts';
import type { Flows, LiveFlow } from './flows.ts';

/** An address events come in at, and everything needed to judge a delivery to it. */
export interface LiveEndpoint {
  key: string;
  nodeId: string;
  flow: LiveFlow;
  verification: WebhookVerification;
  /** Holds the secrets; null when the trigger names none. */
  connection: LiveConnection | null;
  /** Of an API trigger; null for a webhook. */
  api: LiveApi | null;
}

/** What a caller of an API trigger is held to, and promised. */
export interface LiveApi {
  timeLimitMs: number;
  /** Null where the trigger has no schema. */
  request: SchemaCheck | null;
  response: SchemaCheck | null;
  /** The flow can respond; else its callers are only told that their request was taken. */
  responds: boolean;
}

type SchemaCheck = ReturnType<typeof schemaCheckOf>;

export interface Endpoints {
  /** Null: unknown, paused, or no longer a webhook or API trigger. */
  get(key: string): LiveEndpoint | null | Promise<LiveEndpoint | null>;
  forgetAll(): void;
}

const apiConfig = z.object({ timeLimitSeconds: z.number().min(1).max(60), requestSchema: z.string().optional(), responseSchema: z.string().optional() });
const triggerConfig = z.object({ verification: webhookVerificationSchema, connectionId: z.string().nullable() });
const KEY = /^[A-Za-z0-9_-]{8,128}$/;
/** How long a guess at an address is remembered to be wrong, so that guessing does not reach the database. */
const UNKNOWN_MS = 5_000;
const MAX_UNKNOWN = 10_000;

/** Endpoints in memory. Any change of flow, connection or endpoint drops all of them: changes are rare, and loading one is three short queries. */
export function createEndpoints(sql: Sql, caches: { flows: Flows; connections: Connections }): Endpoints {
  const known = new Map<string, LiveEndpoint>();
  const unknown = new Map<string, number>();
  const loading = new Map<string, Promise<LiveEndpoint | null>>();
  let generation = 0;

  async function load(key: string): Promise<LiveEndpoint | null> {
    const started = generation;
    const endpoint = await read(key);
    // What changed while it was being read must not be remembered.
    if (started === generation) {
      if (endpoint) known.set(key, endpoint);
      else remember(key);
    }
    return endpoint;
  }

  function remember(key: string): void {
    if (unknown.size >= MAX_UNKNOWN) unknown.clear();
    unknown.set(key, Date.now() + UNKNOWN_MS);
  }

  async function read(key: string): Promise<LiveEndpoint | null> {
    const [row] = await sql<{ flow_id: string; node_id: string; environment: string }[]>`
      select flow_id, node_id, environment from endpoint where key = ${key}`;
    const flow = row ? await caches.flows.live(row.flow_id, row.environment) : null;
    if (!row || !flow?.active) return null;
    const step = flow.stepOf(row.node_id);
    if (step?.kind.kind !== 'webhook-trigger' && step?.kind.kind !== 'api-trigger') return null;
    const config = triggerConfig.parse(step.config);
    const api = step.kind.kind === 'api-trigger' ? apiOf(flow, step) : null;
    const connection = config.connectionId === null ? null : await caches.connections.get(config.connectionId, flow.retailerId);
    return { key, nodeId: row.node_id, flow, verification: config.verification, connection, api };
  }

  return {
    get(key) {
      const endpoint = known.get(key);
      if (endpoint) return endpoint;
      if (!KEY.test(key) || (unknown.get(key) ?? 0) > Date.now()) return null;
      const running = loading.get(key);
      if (running) return running;
      const started = load(key).finally(() => loading.delete(key));
      loading.set(key, started);
      return started;
    },
    forgetAll() {
      generation += 1;
      known.clear();
      unknown.clear();
      loading.clear();
    },
  };
}

function apiOf(flow: LiveFlow, step: PlanStep): LiveApi {
  const { timeLimitSeconds, requestSchema = '', responseSchema = '' } = apiConfig.parse(step.config);
  const check = (text: string) => (text.trim() === '' ? null : schemaCheckOf(text));
  const reached = triggerPlan(flow.plan, step.nodeId)?.steps ?? [];
  return {
    timeLimitMs: timeLimitSeconds * 1000,
    request: check(requestSchema),
    response: check(responseSchema),
    responds: reached.some((one) => one.step.kind.kind === 'respond'),
  };
}
