import { Graph, layout } from '@dagrejs/dagre';
import type { Position } from '#engine/flow/document.ts';

/** What is laid out: boxes and what leads from one to another, without anything a worker could not be sent. */
export interface LayoutInput {
  boxes: { id: string; width: number; height: number }[];
  joins: { from: string; to: string }[];
}

const BETWEEN_COLUMNS = 80;
const BETWEEN_ROWS = 40;

/** Upper left of each box, from left to right along the joins; the first column begins at 0. */
export function layOut({ boxes, joins }: LayoutInput): Record<string, Position> {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'LR', ranksep: BETWEEN_COLUMNS, nodesep: BETWEEN_ROWS, edgesep: 20, ranker: boxes.length > 150 ? 'tight-tree' : 'network-simplex' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height });
  for (const { from, to } of joins) graph.setEdge(from, to);
  layout(graph);
  const places: Record<string, Position> = {};
  for (const { id, width, height } of boxes) {
    const { x, y } = graph.node(id);
    places[id] = { x: (x ?? 0) - width / 2, y: (y ?? 0) - height / 2 };
  }
  return places;
}
