import type { Json } from '#engine/flow/json.ts';
import type { ApprovalAnswer, Checkpoint, FlowCallAnswer } from '#engine/nodes/step.ts';
import type { HostState } from '#engine/run/ports.ts';

/** Whose state it is. */
export interface StateOwner {
  runId: string;
  eventId: string;
  flowId: string;
}

/** A run that waits for another flow looks again, as a wake may be lost (engine/host/state/flow-call.ts). */
const LOOK_AGAIN_MS = 30_000;

interface Coalesced {
  latest: string;
  until: number;
  superseded: Set<string>;
}

export interface Response {
  status: number;
  headers: [string, string][];
  body: Json;
}

/** What an installation keeps for its flows, in memory. Every change is durable at once, as a commit would make it. */
export class MemoryState {
  readonly checkpoints = new Map<string, Checkpoint>();
  /** Rows by table and key. */
  readonly tables = new Map<string, Map<string, Json>>();
  /** Cross-references, both ways: `entity from id to` names the other id. */
  readonly xref = new Map<string, string>();
  /** Decided by the test; `null` while open. */
  readonly approvals = new Map<string, { timeoutAt: number; title: string; data: Json; answer: ApprovalAnswer | null }>();
  readonly flowCalls = new Map<string, { flowId: string; data: Json; timeoutAt: number; answer: FlowCallAnswer | null }>();
  readonly published = new Map<string, { topic: string; data: Json }>();
  /** The first answer per event. */
  readonly responses = new Map<string, Response>();
  readonly #claims = new Map<string, { owner: string; at: number }>();
  readonly #coalesced = new Map<string, Coalesced>();
  readonly #now: () => number;

  /** @param now epoch milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The state as one node of one run sees it. */
  of(owner: StateOwner, nodeId: string): HostState {
    const scope = `${owner.flowId} ${nodeId}`;
    const mine = (recordKey: string): string => `${owner.runId} ${nodeId} ${recordKey}`;
    return {
      claim: async ({ windowMs, entries }) => entries.map(({ recordKey, key }) => this.#claim(`${scope} ${key}`, { owner: mine(recordKey), windowMs })),
      coalesce: async ({ recordKey, key, windowMs }) => this.#coalesce(`${scope} ${key}`, { owner: mine(recordKey), windowMs }),
      xrefGet: async ({ entity, from, to, entries }) => entries.map(({ id }) => this.xref.get(`${entity} ${from} ${id} ${to}`) ?? null),
      xrefPut: async ({ entity, left, right, pairs }) => {
        for (const { leftId, rightId } of pairs) this.#link({ entity, left, right, leftId, rightId });
      },
      lookup: async ({ table, keys }) => {
        const rows = this.tables.get(table);
        return { found: rows !== undefined, rows: keys.map((key) => rows?.get(key) ?? null) };
      },
      approval: async ({ recordKey, title, data, timeoutAt }) => {
        const asked = upsert(this.approvals, mine(recordKey), () => ({ timeoutAt, title, data, answer: null }));
        return asked.answer ?? (this.#now() >= asked.timeoutAt ? { state: 'timeout' } : { state: 'open', until: asked.timeoutAt });
      },
      callFlow: async ({ recordKey, flowId, data, timeoutAt }) => {
        const asked = upsert(this.flowCalls, mine(recordKey), () => ({ flowId, data, timeoutAt, answer: null }));
        return asked.answer ?? (this.#now() >= asked.timeoutAt ? { state: 'timeout' } : { state: 'open', until: Math.min(asked.timeoutAt, this.#now() + LOOK_AGAIN_MS) });
      },
      publish: async ({ recordKey, topic, data }) => {
        upsert(this.published, mine(recordKey), () => ({ topic, data }));
        return { state: 'published', listeners: 1 };
      },
      respond: async (answer) => void upsert(this.responses, owner.eventId, () => answer),
      readCheckpoint: async (name) => this.checkpoints.get(name) ?? null,
    };
  }

  #claim(name: string, { owner, windowMs }: { owner: string; windowMs: number }): boolean {
    const now = this.#now();
    const held = this.#claims.get(name);
    if (held && (held.owner === owner || held.at + windowMs > now)) return held.owner === owner;
    this.#claims.set(name, { owner, at: now });
    return true;
  }

  #coalesce(name: string, { owner, windowMs }: { owner: string; windowMs: number }): { state: 'pass' } | { state: 'superseded' } | { state: 'hold'; until: number } {
    const now = this.#now();
    const group = upsert(this.#coalesced, name, () => ({ latest: owner, until: now + windowMs, superseded: new Set<string>() }));
    if (group.superseded.has(owner)) return { state: 'superseded' };
    if (group.latest !== owner) {
      group.superseded.add(group.latest);
      group.latest = owner;
      group.until = now + windowMs;
    }
    return now >= group.until ? { state: 'pass' } : { state: 'hold', until: group.until };
  }

  #link(pair: { entity: string; left: string; right: string; leftId: string; rightId: string }): void {
    const { entity, left, right, leftId, rightId } = pair;
    this.xref.set(`${entity} ${left} ${leftId} ${right}`, rightId);
    this.xref.set(`${entity} ${right} ${rightId} ${left}`, leftId);
  }
}

function upsert<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
