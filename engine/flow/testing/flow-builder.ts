import type { Json } from '../json.ts';
import { findNodeKind } from '../../nodes/registry.ts';
import { emptyDocument, type FlowDocument, type FlowNode, type FlowSettings } from '../document.ts';
import type { CheckScope } from '../problem.ts';
import { readFlow } from '../read-flow.ts';

export const NO_CONNECTIONS: CheckScope = { connections: [], mayPublishUnverified: false };

/** Nodes by id: the kind, and what differs from its initial configuration. */
export type NodeSketch = Record<string, { kind: string; config?: Record<string, Json> }>;

/**
 * A document from a sketch: nodes by id, edges as `a.out -> b.in` (ports default to `out` and `in`).
 * @throws {Error} where the sketch makes no readable document
 */
export function flowOf(nodes: NodeSketch, edges: string[] = [], settings: Partial<FlowSettings> = {}): FlowDocument {
  const doc = emptyDocument();
  const read = readFlow({
    ...doc,
    nodes: Object.entries(nodes).map(([id, sketch], index) => nodeOf({ id, index, ...sketch })),
    edges: edges.map((edge, index) => {
      const [from = '', to = ''] = edge.split('->').map((end) => end.trim());
      return { id: `e${index}`, from: endOf(from, 'out'), to: endOf(to, 'in') };
    }),
    settings: { ...doc.settings, ...settings },
  });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.doc;
}

function nodeOf(sketch: { id: string; index: number; kind: string; config?: Record<string, Json> }): FlowNode {
  const kind = findNodeKind(sketch.kind);
  if (kind === undefined) throw new Error(`No node kind ${sketch.kind}`);
  const initial = JSON.parse(JSON.stringify(kind.initial()));
  return {
    id: sketch.id,
    kind: sketch.kind,
    kindVersion: kind.version,
    label: sketch.id,
    position: { x: sketch.index * 240, y: 0 },
    config: { ...initial, ...sketch.config },
  };
}

function endOf(text: string, port: string): { node: string; port: string } {
  const [node = '', named = port] = text.split('.');
  return { node, port: named };
}
