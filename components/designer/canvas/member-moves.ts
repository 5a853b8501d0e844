import type { NodePositionChange } from '@xyflow/react';
import type { CanvasItem } from '#components/canvas/to-graph.ts';
import { groupItemId } from '#components/canvas/to-graph.ts';
import type { FlowDocument, Position } from '#engine/flow/document.ts';
import { snap } from '../add-node.ts';
import { indexOf } from '../doc-index.ts';

/** Moves of nodes only: what a group's frame was moved by, each of its nodes is moved by, unless it is dragged itself. */
export function memberMoves(doc: FlowDocument, drawn: readonly CanvasItem[], moves: readonly NodePositionChange[]): NodePositionChange[] {
  const groups = new Map((doc.groups ?? []).map((group) => [groupItemId(group.id), group]));
  if (groups.size === 0) return [...moves];
  const items = new Map(drawn.map((item) => [item.id, item]));
  const result = new Map<string, NodePositionChange>();
  for (const move of moves) if (!groups.has(move.id)) result.set(move.id, move);
  for (const move of moves) {
    const group = groups.get(move.id);
    const frame = items.get(move.id);
    if (group === undefined || frame === undefined || move.position === undefined) continue;
    const by: Position = snap({ x: move.position.x - frame.position.x, y: move.position.y - frame.position.y });
    for (const id of group.nodes) {
      const place = items.get(id)?.position ?? indexOf(doc).node(id)?.position;
      if (place === undefined || result.has(id)) continue;
      result.set(id, { type: 'position', id, dragging: move.dragging, position: { x: place.x + by.x, y: place.y + by.y } });
    }
  }
  return [...result.values()];
}
