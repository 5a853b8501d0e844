import type { FlowNode } from '#engine/flow/document.ts';
import type { Json } from '#engine/flow/json.ts';
import type { DataRecord } from '#engine/nodes/step.ts';
import { computeNode } from './compute-node.ts';
import type { Way } from './way.ts';

/** An event as it stands at a trigger. */
export interface EventAt {
  triggerId: string;
  data: Json;
}

/** Records by port of nodes that a test or a run has gone through; they count before anything computed. */
export type KnownOutputs = (node: FlowNode, port: string) => readonly DataRecord[] | undefined;

/**
 * The records that arrive at a node when its trigger takes an event, computed node by node with the engine's own executors.
 * Empty: the event does not come this far (a filter, another branch). Null: something on the way can only be known by running it.
 */
export function recordsAt(way: Way, event: EventAt, known?: KnownOutputs): DataRecord[] | null {
  const arriving = arrivalsOf(way, way.nodeId, { event, known, done: new Map() });
  return arriving === null ? null : Object.values(arriving).flat();
}

interface Walk {
  event: EventAt;
  known: KnownOutputs | undefined;
  /** Outputs by node; null: cannot be computed. Also stands for a node under way, should the document have a cycle. */
  done: Map<string, Record<string, readonly DataRecord[]> | null>;
}

function arrivalsOf(way: Way, nodeId: string, walk: Walk): Record<string, readonly DataRecord[]> | null {
  if (nodeId === walk.event.triggerId) return { in: [{ key: '0', data: walk.event.data }] };
  const ports: Record<string, DataRecord[]> = {};
  const edges = way.incoming.get(nodeId) ?? [];
  let reached = edges.length === 0;
  for (const { from, to } of edges) {
    const node = way.nodes.get(from.node);
    if (node === undefined) continue;
    const leaving = walk.known?.(node, from.port) ?? outputsOf(way, node, walk)?.[from.port];
    if (leaving === undefined) {
      if (walk.done.get(from.node) === null) continue;
    } else (ports[to.port] ??= []).push(...leaving);
    reached = true;
  }
  return reached ? ports : null;
}

function outputsOf(way: Way, node: FlowNode, walk: Walk): Record<string, readonly DataRecord[]> | null {
  const known = walk.done.get(node.id);
  if (known !== undefined) return known;
  walk.done.set(node.id, null);
  const arriving = arrivalsOf(way, node.id, walk);
  const outputs = arriving === null ? null : Object.values(arriving).every((records) => records.length === 0) ? {} : (computeNode(node, arriving)?.outputs ?? null);
  walk.done.set(node.id, outputs);
  return outputs;
}
