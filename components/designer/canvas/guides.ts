import type { Box } from './boxes.ts';

/** A line across the canvas on which two boxes meet. */
export interface GuideLine {
  axis: 'x' | 'y';
  at: number;
  from: number;
  to: number;
}

export interface Snapped {
  dx: number;
  dy: number;
  lines: GuideLine[];
}

/** Boxes farther away than this are not what a person lines up with. */
const SIGHT = 1_200;

/** How far to shift a box so that an edge or middle of it lies on one of another box, within `reach` pixels; and the lines to show. */
export function snapToOthers(moving: Box, others: readonly Box[], reach: number): Snapped {
  const near = others.filter((box) => Math.abs(box.x - moving.x) < SIGHT && Math.abs(box.y - moving.y) < SIGHT);
  const across = closest(stops(moving.x, moving.width), near.map((box) => ({ box, stops: stops(box.x, box.width) })), reach);
  const down = closest(stops(moving.y, moving.height), near.map((box) => ({ box, stops: stops(box.y, box.height) })), reach);
  const [dx, dy] = [across?.shift ?? 0, down?.shift ?? 0];
  const lines: GuideLine[] = [];
  if (across !== null) {
    const { y, height } = across.box;
    lines.push({ axis: 'x', at: across.at, from: Math.min(y, moving.y + dy), to: Math.max(y + height, moving.y + dy + moving.height) });
  }
  if (down !== null) {
    const { x, width } = down.box;
    lines.push({ axis: 'y', at: down.at, from: Math.min(x, moving.x + dx), to: Math.max(x + width, moving.x + dx + moving.width) });
  }
  return { dx, dy, lines };
}

function stops(begin: number, length: number): [number, number, number] {
  return [begin, begin + length / 2, begin + length];
}

interface Meeting {
  shift: number;
  at: number;
  box: Box;
}

/** The smallest shift that brings a stop onto one of its kind (edge on edge, middle on middle); of equals the nearest box. */
function closest(own: readonly number[], others: readonly { box: Box; stops: readonly number[] }[], reach: number): Meeting | null {
  let best: Meeting | null = null;
  for (const { box, stops: theirs } of others) {
    theirs.forEach((at, index) => {
      const shift = at - (own[index] ?? at);
      if (Math.abs(shift) <= reach && (best === null || Math.abs(shift) < Math.abs(best.shift))) best = { shift, at, box };
    });
  }
  return best;
}
