import type { Json } from '../../flow/json.ts';
import type { ApprovalAnswer, CoalesceAnswer, FlowCallAnswer, PublishAnswer, StatePort } from '../step.ts';

/** What a test lays out for a step, and what the step did with it. */
export interface StateWorld {
  memories: Map<string, Json>;
  claimed: Map<string, string>;
  coalesce: (request: { recordKey: string; key: string; windowMs: number }) => CoalesceAnswer;
  /** `entity/from/to/id` → id. */
  references: Map<string, string>;
  tables: Map<string, Map<string, Json>>;
  approval: (request: { recordKey: string; title: string; detail: string; timeoutAt: number }) => ApprovalAnswer;
  flowCall: (request: { recordKey: string; flowId: string; data: Json; timeoutAt: number }) => FlowCallAnswer;
  published: { recordKey: string; topic: string; data: Json }[];
  /** How many hear it, or what is answered for a record. */
  listeners: number | ((recordKey: string) => PublishAnswer);
  responses: { status: number; headers: [string, string][]; body: Json }[];
  checkpoints: Map<string, Json>;
}

export function stateWorld(part: Partial<StateWorld> = {}): StateWorld {
  return {
    memories: new Map(),
    claimed: new Map(),
    coalesce: () => ({ state: 'pass' }),
    references: new Map(),
    tables: new Map(),
    approval: () => ({ state: 'timeout' }),
    flowCall: () => ({ state: 'timeout' }),
    published: [],
    listeners: 1,
    responses: [],
    checkpoints: new Map(),
    ...part,
  };
}

/** The installation's state in memory, for tests of node kinds alone. */
export function memoryState(world: StateWorld): StatePort {
  return {
    async remember(recordKey, value) {
      const known = world.memories.get(recordKey) ?? value;
      world.memories.set(recordKey, known);
      return known;
    },
    async claim({ entries }) {
      return entries.map(({ recordKey, key }) => {
        const owner = world.claimed.get(key) ?? recordKey;
        world.claimed.set(key, owner);
        return owner === recordKey;
      });
    },
    coalesce: async (request) => world.coalesce(request),
    xrefGet: async ({ entity, from, to, entries }) => entries.map(({ id }) => world.references.get([entity, from, to, id].join('/')) ?? null),
    async xrefPut({ entity, left, right, pairs }) {
      for (const { leftId, rightId } of pairs) {
        world.references.set([entity, left, right, leftId].join('/'), rightId);
        world.references.set([entity, right, left, rightId].join('/'), leftId);
      }
    },
    async lookup({ table, keys }) {
      const rows = world.tables.get(table);
      return { found: rows !== undefined, rows: keys.map((key) => rows?.get(key) ?? null) };
    },
    approval: async (request) => world.approval(request),
    callFlow: async (request) => world.flowCall(request),
    async publish(event) {
      world.published.push(event);
      return typeof world.listeners === 'number' ? { state: 'published', listeners: world.listeners } : world.listeners(event.recordKey);
    },
    async respond(answer) {
      world.responses.push(answer);
    },
    async readCheckpoint(name) {
      const value = world.checkpoints.get(name);
      return value === undefined ? null : { value, version: 1 };
    },
    writeCheckpoint(name, value) {
      world.checkpoints.set(name, value);
    },
  };
}
