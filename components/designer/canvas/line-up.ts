import type { NodePositionChange } from '@xyflow/react';
import { type CanvasItem, isCanvasNode } from '#components/canvas/to-graph.ts';
import { type Box, boundsOf, sizeOf } from './boxes.ts';
import { type GuideLine, snapToOthers } from './guides.ts';

/** Shifts a drag as a whole so that it lines up with nodes that stay; `reach` in pixels of the canvas. */
export function lineUp(drawn: readonly CanvasItem[], moves: readonly NodePositionChange[], reach: number): { moves: NodePositionChange[]; lines: GuideLine[] } {
  const moving = new Map(moves.flatMap((move) => (move.position === undefined ? [] : [[move.id, move.position] as const])));
  const dragged: Box[] = [];
  const others: Box[] = [];
  for (const item of drawn) {
    if (!isCanvasNode(item)) continue;
    const guess = item.measured?.width === undefined ? sizeOf(item.data.node) : null;
    const size = { width: item.measured?.width ?? guess?.width ?? 0, height: item.measured?.height ?? guess?.height ?? 0 };
    const place = moving.get(item.id);
    if (place === undefined) others.push({ ...item.position, ...size });
    else dragged.push({ ...place, ...size });
  }
  const bounds = boundsOf(dragged);
  if (bounds === null) return { moves: [...moves], lines: [] };
  const { dx, dy, lines } = snapToOthers(bounds, others, reach);
  if (dx === 0 && dy === 0) return { moves: [...moves], lines };
  return { moves: moves.map((move) => (move.position === undefined ? move : { ...move, position: { x: move.position.x + dx, y: move.position.y + dy } })), lines };
}
