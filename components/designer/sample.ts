import type { FlowDocument, FlowNode } from '#engine/flow/document.ts';
import { isRecord, parseJson, type Json } from '#engine/flow/json.ts';
import { readPath } from '#engine/flow/path.ts';
import { compileMapping } from '#engine/mapping/compile-mapping.ts';
import { mappingSchema } from '#engine/mapping/mapping-schema.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import type { TestStep } from '#server/views/test.ts';
import { indexOf } from './doc-index.ts';

/** Where a sample was taken from: the last test, a past event, or what was pasted at the trigger. */
export type SampleOrigin = 'test' | 'event' | 'pasted';

export interface Sample {
  data: Json;
  origin: SampleOrigin;
}

export interface SampleSources {
  doc: FlowDocument;
  /** Steps of the last test by node. */
  steps: ReadonlyMap<string, TestStep> | null;
  /** Body of the past event that was chosen. */
  eventBody: string | null;
}

/**
 * The record that arrives at a node: what the last test saw there, else what the trigger's sample becomes on its way
 * (through nodes that can be computed here; a call or code ends the way). Null: none is known.
 */
export function sampleAt(sources: SampleSources, nodeId: string): Sample | null {
  return arriving(sources, nodeId, new Set());
}

function arriving(sources: SampleSources, nodeId: string, seen: Set<string>): Sample | null {
  if (seen.has(nodeId)) return null;
  seen.add(nodeId);
  const tested = firstRecord(sources.steps?.get(nodeId)?.inputText, null);
  if (tested !== undefined) return { data: tested, origin: 'test' };
  const index = indexOf(sources.doc);
  const node = index.node(nodeId);
  if (node !== undefined && findNodeKind(node.kind)?.group === 'trigger') return triggerSample(sources, node);
  for (const edge of index.incoming(nodeId)) {
    const source = index.node(edge.from.node);
    const found = source === undefined ? null : leaving(sources, { node: source, port: edge.from.port }, seen);
    if (found !== null) return found;
  }
  return null;
}

function leaving(sources: SampleSources, from: { node: FlowNode; port: string }, seen: Set<string>): Sample | null {
  const tested = firstRecord(sources.steps?.get(from.node.id)?.outputsText, from.port);
  if (tested !== undefined) return { data: tested, origin: 'test' };
  const input = arriving(sources, from.node.id, seen);
  if (input === null) return null;
  const data = compute(from.node, input.data);
  return data === undefined ? null : { data, origin: input.origin };
}

function triggerSample({ eventBody }: SampleSources, node: FlowNode): Sample | null {
  const chosen = eventBody === null ? undefined : parseQuietly(eventBody);
  if (chosen !== undefined) return { data: chosen, origin: 'event' };
  const pasted = node.config['sampleBody'];
  const data = typeof pasted === 'string' ? parseQuietly(pasted) : undefined;
  return data === undefined ? null : { data, origin: 'pasted' };
}

/** What a node makes of a record, where that needs neither a call nor the sandbox. */
function compute(node: FlowNode, data: Json): Json | undefined {
  if (findNodeKind(node.kind)?.passThrough === true) return data;
  if (node.kind === 'map') {
    const mapping = mappingSchema.safeParse(node.config['mapping']);
    if (!mapping.success) return undefined;
    const result = compileMapping(mapping.data)(data);
    return result.ok ? result.value : undefined;
  }
  if (node.kind === 'split') {
    const { path, keep } = node.config;
    const list = typeof path === 'string' ? readPath(data, path) : undefined;
    const item = Array.isArray(list) ? list[0] : undefined;
    return typeof keep === 'string' && keep !== '' && isRecord(item) ? { ...item, [keep]: data } : item;
  }
  return node.kind === 'batch' ? { records: [data] } : undefined;
}

/** The first record of a step's payload, `{ port: [{ key, data }] }`; of one port, or of the first that has any. */
export function firstRecord(text: string | undefined, port: string | null): Json | undefined {
  const value = text === undefined || text === '' ? undefined : parseQuietly(text);
  if (!isRecord(value)) return undefined;
  const lists = port === null ? Object.values(value) : [value[port]];
  for (const list of lists) {
    const first = Array.isArray(list) ? list[0] : undefined;
    if (isRecord(first) && first['data'] !== undefined) return first['data'];
  }
  return undefined;
}

let lastText = '';
let lastValue: Json | undefined;

/** Parses, keeping the last result: the same sample is asked for at every key stroke. */
function parseQuietly(text: string): Json | undefined {
  if (text === lastText) return lastValue;
  lastText = text;
  try {
    lastValue = parseJson(text);
  } catch {
    lastValue = undefined;
  }
  return lastValue;
}
