import { compileFlow } from '#engine/flow/compile.ts';
import type { FlowPlan } from '#engine/flow/compile.ts';
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
  /** Records per output port, by node. */
  counts: Map<string, Record<string, number>>;
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
 * The journal keeps only the keys of records that a step passed on unchanged, and nothing of a step that passed on all of them
 * through one port. This fills in their data from the steps
 * before, back to the event itself, following the edges that the trigger's events can take (as the interpreter does:
 * where several of them meet in one node, the way became part of the key). Results are remembered; the graph has no cycle.
 */
export function createRunRecords(facts: AttemptFacts): RunRecords {
  const plan = compileFlow(facts.doc);
  const edges = reachableEdges(plan, facts.triggerNodeId);
  const sources = new Set(plan.steps.filter(({ kind }) => kind.nextPage !== undefined).map(({ nodeId }) => nodeId));
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
    const text = facts.payloads.get(nodeId);
    const made = text === undefined ? passedOn(nodeId) : fill(text, () => new Map(Object.values(inputOf(nodeId)).flat().map((record) => [record.key, record.data])));
    outputs.set(nodeId, made);
    return made;
  }

  /** A paged source gives other records than it takes, and keeps those of its first attempt only. */
  function passedOn(nodeId: string): Filled {
    const ports = Object.entries(facts.counts.get(nodeId) ?? {}).filter(([, count]) => count > 0);
    const [port] = ports;
    if (!port || ports.length > 1 || sources.has(nodeId)) return {};
    const arrived = Object.values(inputOf(nodeId)).flat();
    return arrived.length === port[1] ? { [port[0]]: arrived } : {};
  }

  return { inputOf, outputOf };
}

function fill(text: string, inputs: () => Map<string, Json>): Filled {
  const body = parseJson(text);
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

function reachableEdges(plan: FlowPlan, trigger: string): Map<string, Edge[]> {
  const reached = new Set([trigger]);
  const edges = new Map<string, Edge[]>();
  for (const step of plan.steps) {
    const arriving = step.inputs.filter((input) => reached.has(input.from.node));
    if (step.nodeId === trigger || arriving.length === 0) continue;
    reached.add(step.nodeId);
    edges.set(step.nodeId, arriving);
  }
  return edges;
}
