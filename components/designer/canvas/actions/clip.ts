import { z } from 'zod';
import type { FlowDocument, FlowEdge, FlowGroup, FlowNode } from '#engine/flow/document.ts';
import { emptyDocument } from '#engine/flow/document.ts';
import { formFields } from '#engine/flow/form-fields.ts';
import { isRecord, parseJson, stringifyJson, type Json } from '#engine/flow/json.ts';
import { readFlow } from '#engine/flow/read-flow.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import type { ScopeConnection } from '#engine/flow/problem.ts';

/** What the clipboard says of a connection: enough to find its like at another retailer, nothing of its account. */
const clipConnectionSchema = z.object({ id: z.string(), name: z.string(), connector: z.string(), environment: z.string() });
export type ClipConnection = z.infer<typeof clipConnectionSchema>;

const envelopeSchema = z.object({
  format: z.literal('flow-part'),
  version: z.literal(1),
  flowId: z.string(),
  retailerId: z.string(),
  connections: z.array(clipConnectionSchema),
  flows: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** Part of a flow on the clipboard: JSON text, readable anywhere, without secrets. */
export interface Clip extends z.infer<typeof envelopeSchema> {
  nodes: FlowNode[];
  edges: FlowEdge[];
  groups: FlowGroup[];
}

/** What a designer knows of the retailer around the flow. */
export interface Surroundings {
  flowId: string;
  retailerId: string;
  connections: readonly (Pick<ScopeConnection, 'id' | 'name'> & { connector: string; environment: string })[];
  flows: readonly { id: string; name: string }[];
}

/** The nodes of these ids with what joins and groups them. Null: there is none. */
export function makeClip(doc: FlowDocument, ids: Iterable<string>, around: Surroundings): Clip | null {
  const wanted = new Set(ids);
  const nodes = doc.nodes.filter(({ id }) => wanted.has(id)).map(withoutSecrets);
  if (nodes.length === 0) return null;
  const used = new Set<string>();
  for (const node of nodes) eachReference(node, ({ value }) => void used.add(value));
  const known = ({ id }: { id: string }): boolean => used.has(id);
  return {
    format: 'flow-part',
    version: 1,
    flowId: around.flowId,
    retailerId: around.retailerId,
    connections: around.connections.filter(known).map(({ id, name, connector, environment }) => ({ id, name, connector, environment })),
    flows: around.flows.filter(known).map(({ id, name }) => ({ id, name })),
    nodes,
    edges: doc.edges.filter(({ from, to }) => wanted.has(from.node) && wanted.has(to.node)),
    groups: (doc.groups ?? []).filter((group) => group.nodes.every((id) => wanted.has(id))),
  };
}

export function textOfClip(clip: Clip): string {
  const { nodes, edges, groups, ...envelope } = clip;
  // JSON.parse of our own text: documents hold numbers whose digits only this writer keeps.
  const doc: FlowDocument = { ...emptyDocument(), nodes, edges, ...(groups.length > 0 && { groups }) };
  return `{"envelope":${JSON.stringify(envelope)},"part":${stringifyJson(plain(doc))}}`;
}

/** Reads text from the clipboard, upgrading nodes from older releases. Null: it is something else, or from a newer release. */
export function readClip(text: string): Clip | null {
  if (!text.startsWith('{"envelope":')) return null;
  try {
    const value = parseJson(text);
    if (!isRecord(value)) return null;
    const envelope = envelopeSchema.safeParse(value.envelope);
    const part = readFlow(value.part);
    if (!envelope.success || !part.ok || part.doc.nodes.length === 0) return null;
    const { nodes, edges, groups = [] } = part.doc;
    return { ...envelope.data, nodes, edges, groups };
  } catch {
    return null;
  }
}

export interface Reference {
  kind: 'connection' | 'flow' | 'callNode';
  /** Names of the fields that lead to it. */
  path: readonly string[];
  value: string;
}

/** Every place where a configuration names something outside its node. */
export function eachReference(node: FlowNode, visit: (reference: Reference) => void): void {
  const kind = findNodeKind(node.kind);
  if (kind === undefined) return;
  const walk = (fields: ReturnType<typeof formFields>, config: Json, path: readonly string[]): void => {
    if (!isRecord(config)) return;
    for (const field of fields) {
      const value = config[field.name];
      const at = [...path, field.name];
      if (field.meta.kind === 'group') walk(field.fields, value ?? null, at);
      else if ((field.meta.kind === 'connection' || field.meta.kind === 'flow' || field.meta.kind === 'callNode') && typeof value === 'string' && value !== '')
        visit({ kind: field.meta.kind, path: at, value });
    }
  };
  walk(formFields(kind.config), node.config, []);
}

const SECRET_NAME = /authori[sz]ation|cookie|token|secret|passw|api[-_]?key|signature/i;

/** A key typed into a header or parameter belongs into a connection; it does not travel on the clipboard. */
function withoutSecrets(node: FlowNode): FlowNode {
  const config = cleaned(node.config);
  return config === node.config || !isRecord(config) ? node : { ...node, config };
}

function cleaned(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(cleaned);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isRecord(value)) return value;
  // Text with a placeholder takes its value from the record; it holds none itself.
  const { name, value: held } = value;
  if (typeof name === 'string' && typeof held === 'string' && SECRET_NAME.test(name) && !held.includes('{{')) return { ...value, value: '' };
  let next = value;
  for (const [key, entry] of Object.entries(value)) {
    const clean = cleaned(entry);
    if (clean !== entry) next = { ...next, [key]: clean };
  }
  return next;
}

/** `undefined` has no place in JSON; optional fields that are absent stay absent. */
function plain(doc: FlowDocument): Json {
  const { nodes, edges, groups, settings, schemaVersion } = doc;
  const { priority, ...rest } = settings;
  return {
    schemaVersion,
    nodes: nodes.map(({ policy, position, ...node }) => ({
      ...node,
      position: { ...position },
      ...(policy !== undefined && {
        policy: { failures: policy.failures.map((failure) => ({ ...failure })), ...(policy.maxAttempts !== undefined && { maxAttempts: policy.maxAttempts }) },
      }),
    })),
    edges: edges.map(({ id, from, to }) => ({ id, from: { ...from }, to: { ...to } })),
    settings: { ...rest, businessKeys: rest.businessKeys.map((key) => ({ ...key })), retry: { ...rest.retry }, ...(priority !== undefined && { priority }) },
    ...(groups !== undefined && { groups: groups.map((group) => ({ ...group, nodes: [...group.nodes] })) }),
  };
}
