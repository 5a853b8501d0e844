import { z } from 'zod';
import { jsonSchema } from './json.ts';

/**
 * The flow document: the graph a consultant draws. Words as in the product's glossary: a *flow* has *nodes* (of a
 * *node kind*), joined by *edges* between *ports*. Ids are stable and never shown; names are labels only. The
 * document holds no secrets (connection ids only) and no state of the canvas.
 */
export const SCHEMA_VERSION = 1;

export const MAX_NODES = 1_000;
export const MAX_EDGES = 4_000;
export const MAX_GROUPS = 200;

const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const portIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
/** Priority classes, the most urgent first. */
export const PRIORITIES = ['orders', 'refunds', 'stock', 'catalogue', 'backfill'] as const;
export type Priority = (typeof PRIORITIES)[number];

const coordinate = z.number().min(-1_000_000).max(1_000_000);

export const positionSchema = z.strictObject({ x: coordinate, y: coordinate });

export const FAILURE_MATCH = /^(?:[1-5][0-9]{2}|[45]xx|[a-z][a-z0-9_]{1,60})$/;

/** What to do differently from the rule when a step of this node fails. */
export const nodePolicySchema = z.strictObject({
  /** First match wins: an HTTP status (`404`), a family (`5xx`) or a failure code gets another class. */
  failures: z.array(z.strictObject({ match: z.string().regex(FAILURE_MATCH), class: z.enum(['transient', 'limited', 'auth', 'data', 'bug', 'ignore']) })).max(20),
  /** Attempts for this node; absent: the flow's. */
  maxAttempts: z.int().min(1).max(20).optional(),
});

export const flowNodeSchema = z.strictObject({
  id: idSchema,
  kind: z.string().min(1).max(64),
  kindVersion: z.int().min(1),
  label: z.string().max(200),
  position: positionSchema,
  config: z.record(z.string(), jsonSchema),
  policy: nodePolicySchema.optional(),
});

export const endpointSchema = z.strictObject({ node: idSchema, port: portIdSchema });

export const flowEdgeSchema = z.strictObject({ id: idSchema, from: endpointSchema, to: endpointSchema });

/** Colours a group may have; the canvas maps each to a tint that is readable in both themes. */
export const GROUP_COLOURS = ['grey', 'blue', 'green', 'amber', 'red'] as const;
export type GroupColour = (typeof GROUP_COLOURS)[number];

/** Nodes that belong together on the canvas. It has no place of its own: its frame lies around its nodes. Never runs. */
export const flowGroupSchema = z.strictObject({
  id: idSchema,
  label: z.string().max(200),
  colour: z.enum(GROUP_COLOURS),
  /** Drawn as one card; its nodes are out of sight. */
  folded: z.boolean(),
  /** At least one; a node is in one group at most. */
  nodes: z.array(idSchema).min(1).max(MAX_NODES),
});

export const flowSettingsSchema = z.strictObject({
  /** Path in the event body; events with the same value are applied in the order they were accepted. */
  orderingKey: z.string().max(500).nullable(),
  /** What people search a run by: order number, customer … */
  businessKeys: z.array(z.strictObject({ label: z.string().max(100), path: z.string().max(500) })).max(20),
  retry: z.strictObject({ maxAttempts: z.int(), baseSeconds: z.number(), maxSeconds: z.number() }),
  /** Events of the flow worked on at once, over all engine processes. */
  concurrency: z.int(),
  /** Who goes first when a vendor's rate budget or the workers are short; absent: orders. */
  priority: z.enum(PRIORITIES).optional(),
});

export const flowDocumentSchema = z.strictObject({
  schemaVersion: z.literal(SCHEMA_VERSION),
  nodes: z.array(flowNodeSchema).max(MAX_NODES),
  edges: z.array(flowEdgeSchema).max(MAX_EDGES),
  settings: flowSettingsSchema,
  /** Absent while there is none: documents from before groups existed stay as they are, hash included. */
  groups: z.array(flowGroupSchema).min(1).max(MAX_GROUPS).optional(),
});

export type Position = z.infer<typeof positionSchema>;
export type NodePolicy = z.infer<typeof nodePolicySchema>;
export type FlowNode = z.infer<typeof flowNodeSchema>;
export type EdgeEnd = z.infer<typeof endpointSchema>;
export type FlowEdge = z.infer<typeof flowEdgeSchema>;
export type FlowGroup = z.infer<typeof flowGroupSchema>;
export type FlowSettings = z.infer<typeof flowSettingsSchema>;
export type FlowDocument = z.infer<typeof flowDocumentSchema>;

/** Settings a new flow begins with: five tries over about a quarter of an hour, sixteen events at once. */
export function initialSettings(): FlowSettings {
  return {
    orderingKey: null,
    businessKeys: [],
    retry: { maxAttempts: 5, baseSeconds: 5, maxSeconds: 900 },
    concurrency: 16,
  };
}

/** A flow with nothing drawn yet. */
export function emptyDocument(): FlowDocument {
  return { schemaVersion: SCHEMA_VERSION, nodes: [], edges: [], settings: initialSettings() };
}

const ID_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new id such as `node_7h2k9qd0w3xz` (60 random bits). Not `crypto.randomUUID`, which browsers withhold on plain
 * HTTP hosts other than localhost.
 */
export function newId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  let text = `${prefix}_`;
  for (const byte of bytes) text += ID_ALPHABET.charAt(byte & 31);
  return text;
}
