import type { FlowDocument, FlowNode } from '../flow/document.ts';
import { isRecord, JsonError, parseJson, type Json } from '../flow/json.ts';
import { inferSchema } from '../schema/infer-schema.ts';
import { schemaDocSchema, type SchemaDoc } from '../schema/schema-doc.ts';

/** Kinds whose records leave as they came. Named here because the registry knows the mapping, which asks this. */
export const PASSING_KINDS: ReadonlySet<string> = new Set(['branch', 'debounce', 'dedupe', 'filter', 'flow-event', 'respond', 'try', 'wait']);

const MAX_STEPS = 200;

/**
 * The schema of what arrives at a node, where the way to it says so: the target of a mapping before it, the schema of the trigger or
 * what its sample looks like (all meanings guessed), through every node that changes nothing. Null where nothing is known, or where
 * two ways bring different things.
 */
export function arrivingSchema(doc: FlowDocument, nodeId: string): SchemaDoc | null {
  const nodes = new Map(doc.nodes.map((node) => [node.id, node]));
  const into = Map.groupBy(doc.edges, ({ to }) => to.node);
  const found = new Set<SchemaDoc | null>();
  const seen = new Set([nodeId]);
  for (const id of seen) {
    for (const { from } of into.get(id) ?? []) {
      const node = nodes.get(from.node);
      if (node === undefined) continue;
      // What fails in a region of its own comes with what went wrong, and from anywhere inside it.
      if (PASSING_KINDS.has(node.kind) && from.port !== 'failed' && seen.size < MAX_STEPS) seen.add(node.id);
      else found.add(givenBy(node));
    }
  }
  const [first, ...others] = found;
  return others.length === 0 ? (first ?? null) : null;
}

/** The same configuration gives the same schema object: an edit elsewhere reads nothing anew. */
const known = new WeakMap<object, SchemaDoc | null>();

function givenBy({ kind, config }: FlowNode): SchemaDoc | null {
  const before = known.get(config);
  if (before !== undefined) return before;
  const schema = kind === 'map' ? read(config['target']) : kind.endsWith('-trigger') ? (read(config['schema']) ?? ofSample(config['sampleBody'])) : null;
  known.set(config, schema);
  return schema;
}

function read(value: Json | undefined): SchemaDoc | null {
  return isRecord(value) ? (schemaDocSchema.safeParse(value).data ?? null) : null;
}

function ofSample(text: Json | undefined): SchemaDoc | null {
  if (typeof text !== 'string' || text.trim() === '') return null;
  try {
    return inferSchema('sample', [parseJson(text)]);
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}
