import { compileFlow } from '#engine/flow/compile.ts';
import type { FlowPlan } from '#engine/flow/compile.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import { isRecord, parseJson } from '#engine/flow/json.ts';
import type { Json } from '#engine/flow/json.ts';

export interface FilledRecord {
  key: string;
  /** Absent: the record passed, and its data is not kept. */
  data?: Json;
  /** A person put this data in the place of what came. */
  corrected?: true;
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
  /** What a person corrected before the attempt came to the step. */
  corrections: readonly Correction[];
}

export interface Correction {
  nodeId: string;
  recordKey: string;
  /** Absent: it was corrected again since, and only the last one is kept. */
  data?: Json;
}

/** What of a step's output was too large to be kept: all of it had so many bytes and records, of which the first are there. */
export interface LeftOut {
  size: number;
  records: number;
  kept: number;
}

export interface RunRecords {
  inputOf(nodeId: string): Filled;
  outputOf(nodeId: string): Filled;
  /** Null when the output is there as a whole. */
  leftOutOf(nodeId: string): LeftOut | null;
  /** Something of what arrived at a step was left out where it came from. */
  arrivedInPart(nodeId: string): boolean;
}

/** engine/host/journal/caps.ts writes it beside the ports. */
const TRUNCATED = '~truncated';

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
  const leftOut = new Map<string, LeftOut>();

  function inputOf(nodeId: string): Filled {
    const filled = arrivalsOf(nodeId);
    for (const { recordKey, data } of facts.corrections.filter((correction) => correction.nodeId === nodeId)) {
      for (const [port, records] of Object.entries(filled)) {
        filled[port] = records.map((record) => (record.key === recordKey ? { key: recordKey, ...(data === undefined ? {} : { data }), corrected: true } : record));
      }
    }
    return filled;
  }

  function arrivalsOf(nodeId: string): Filled {
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
    const made = text === undefined ? passedOn(nodeId) : readOutput(nodeId, text);
    outputs.set(nodeId, made);
    return made;
  }

  function readOutput(nodeId: string, text: string): Filled {
    const body = parseJson(text);
    if (!isRecord(body)) return {};
    const mark = body[TRUNCATED];
    if (isRecord(mark)) leftOut.set(nodeId, { size: Number(mark['size']), records: Number(mark['records']), kept: Number(mark['kept']) });
    return fill(body, () => new Map(Object.values(inputOf(nodeId)).flat().map((record) => [record.key, record.data])));
  }

  function leftOutOf(nodeId: string): LeftOut | null {
    outputOf(nodeId);
    return leftOut.get(nodeId) ?? null;
  }

  /** A step that passed records on unchanged kept their keys at most. */
  function arrivedInPart(nodeId: string): boolean {
    return (edges.get(nodeId) ?? []).some(({ from }) => leftOutOf(from.node) !== null || (!facts.payloads.has(from.node) && arrivedInPart(from.node)));
  }

  /** A paged source gives other records than it takes, and keeps those of its first attempt only. */
  function passedOn(nodeId: string): Filled {
    const ports = Object.entries(facts.counts.get(nodeId) ?? {}).filter(([, count]) => count > 0);
    const [port] = ports;
    if (!port || ports.length > 1 || sources.has(nodeId)) return {};
    const arrived = Object.values(inputOf(nodeId)).flat();
    return arrived.length === port[1] || arrivedInPart(nodeId) ? { [port[0]]: arrived } : {};
  }

  return { inputOf, outputOf, leftOutOf, arrivedInPart };
}

function fill(body: Record<string, Json>, inputs: () => Map<string, Json | undefined>): Filled {
  let known: Map<string, Json | undefined> | null = null;
  const filled: Filled = {};
  for (const [port, records] of Object.entries(body)) {
    if (!Array.isArray(records)) continue;
    filled[port] = records.flatMap((record) => {
      if (!isRecord(record) || typeof record['key'] !== 'string') return [];
      const { key, data } = record;
      if (data !== undefined) return [{ key, data }];
      known ??= inputs();
      const passed = known.get(key);
      return [passed === undefined ? { key } : { key, data: passed }];
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
