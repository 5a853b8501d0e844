import { compileFlow } from '#engine/flow/compile.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import { isRecord, parseJson } from '#engine/flow/json.ts';
import type { Json } from '#engine/flow/json.ts';

export interface FilledRecord {
  key: string;
  data: Json;
}

/** By port id. */
export type Filled = Record<string, FilledRecord[]>;

/** What is known of one attempt of one run. */
export interface AttemptFacts {
  doc: FlowDocument;
  triggerNodeId: string;
  /** The event's body. */
  body: Json;
  /** Payload text by node. */
  payloads: Map<string, string>;
}

export interface RunRecords {
  inputOf(nodeId: string): Filled;
  outputOf(nodeId: string): Filled;
}

interface Edge {
  port: string;
  from: { node: string; port: string };
}

/**
 * The journal keeps only the keys of records that a step passed on unchanged. This fills in their data from the steps
 * before, back to the event itself, following the edges that the trigger's events can take (as the interpreter does:
 * where several of them meet in one node, the way became part of the key). Results are remembered; the graph has no cycle.
 */
export function createRunRecords(facts: AttemptFacts): RunRecords {
  const edges = reachableEdges(facts.doc, facts.triggerNodeId);
  const outputs = new Map<string, Filled>();

  function inputOf(nodeId: string): Filled {
    if (nodeId === facts.triggerNodeId) return { in: [{ key: '0', data: facts.body }] };
    const arriving = edges.get(nodeId) ?? [];
    const filled: Filled = {};
    for (const { port, from } of arriving) {
      const records = outputOf(from.node)[from.port] ?? [];
      const named = arriving.length > 1 ? records.map((record) => ({ ...record, key: `${record.key}@${from.node}.${from.port}` })) : records;
      (filled[port] ??= []).push(...named);
    }
    return filled;
  }

  function outputOf(nodeId: string): Filled {
    const known = outputs.get(nodeId);
    if (known !== undefined) return known;
    const made = fill(facts.payloads.get(nodeId), () => new Map(Object.values(inputOf(nodeId)).flat().map((record) => [record.key, record.data])));
    outputs.set(nodeId, made);
    return made;
  }

  return { inputOf, outputOf };
}

function fill(text: string | undefined, inputs: () => Map<string, Json>): Filled {
  const body = text === undefined ? null : parseJson(text);
  if (!isRecord(body)) return {};
  let known: Map<string, Json> | null = null;
  const filled: Filled = {};
  for (const [port, records] of Object.entries(body)) {
    if (!Array.isArray(records)) continue;
    filled[port] = records.flatMap((record) => {
      if (!isRecord(record) || typeof record['key'] !== 'string') return [];
      const { key, data } = record;
      if (data !== undefined) return [{ key, data }];
      known ??= inputs();
      return [{ key, data: known.get(key) ?? null }];
    });
  }
  return filled;
}

function reachableEdges(doc: FlowDocument, trigger: string): Map<string, Edge[]> {
  const reached = new Set([trigger]);
  const edges = new Map<string, Edge[]>();
  for (const step of compileFlow(doc).steps) {
    const arriving = step.inputs.filter((input) => reached.has(input.from.node));
    if (step.nodeId === trigger || arriving.length === 0) continue;
    reached.add(step.nodeId);
    edges.set(step.nodeId, arriving);
  }
  return edges;
}
