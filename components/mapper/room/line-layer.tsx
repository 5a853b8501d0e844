'use client';

import { type RefObject, useEffect, useState } from 'react';
import { cn } from '#components/ui/cn.ts';
import { type Line, type PaneGeometry, rowMiddle, visibleLines } from '../model/lines.ts';
import { useRoom, useRoomView } from './room-context.ts';
import { PANE_IDS } from './use-room-value.ts';

interface LineLayerProps {
  lines: readonly Line[];
  rowHeight: number;
  source: RefObject<HTMLDivElement | null>;
  target: RefObject<HTMLDivElement | null>;
  open: PaneGeometry['open'];
  sourceIndex: ReadonlyMap<string, number>;
  targetIndex: ReadonlyMap<string, number>;
  onPick: (line: Line) => void;
}

/** The lines between the panes: those with an end in view, at the height of their rows, wherever the panes are scrolled to. */
export function LineLayer({ lines, rowHeight, source, target, open, sourceIndex, targetIndex, onPick }: LineLayerProps) {
  const left = useScroll(source);
  const right = useScroll(target);
  const hover = useRoomView((view) => view.hover);
  const active = useRoomView((view) => view.open);
  const from: PaneGeometry = { row: rowHeight, ...left, open: null };
  const to: PaneGeometry = { row: rowHeight, ...right, open };
  const drawn = visibleLines(lines, from, to);
  const lit = hover === null ? undefined : (hover.side === 'source' ? sourceIndex : targetIndex).get(hover.path);
  const openAt = active === null ? undefined : targetIndex.get(active);
  const shines = (line: Line) => (hover !== null && lit !== undefined && (hover.side === 'source' ? line.from === lit : line.to === lit)) || line.to === openAt;
  return (
    <div aria-hidden className="flex min-h-0 flex-col">
      <div className="h-10 shrink-0 border-b border-border bg-surface-2" />
      <svg className="min-h-0 w-full flex-1 overflow-hidden bg-surface" preserveAspectRatio="none" viewBox={`0 0 ${WIDTH} ${Math.max(1, left.height)}`} style={{ height: left.height }}>
        {drawn.toSorted((a, b) => Number(shines(a)) - Number(shines(b))).map((line) => (
          <g key={line.key} onClick={() => onPick(line)} className="cursor-pointer">
            <path d={curve(line.y1, line.y2)} className="fill-none stroke-transparent" strokeWidth={9} vectorEffect="non-scaling-stroke" />
            <path
              d={curve(line.y1, line.y2)}
              vectorEffect="non-scaling-stroke"
              strokeDasharray={line.kind === 'ghost' ? '3 4' : line.folded ? '6 3' : undefined}
              strokeWidth={shines(line) ? 2.5 : line.kind === 'list' ? 2.5 : line.kind === 'argument' || line.kind === 'ghost' ? 1 : 1.5}
              className={cn('fill-none', line.failed ? 'stroke-failed' : shines(line) ? 'stroke-accent' : line.kind === 'ghost' ? 'stroke-border-strong' : line.kind === 'list' ? 'stroke-accent/70' : 'stroke-accent/45')}
            />
          </g>
        ))}
      </svg>
    </div>
  );
}

const WIDTH = 100;

function curve(y1: number, y2: number): string {
  return `M0 ${y1} C ${WIDTH * 0.5} ${y1} ${WIDTH * 0.5} ${y2} ${WIDTH} ${y2}`;
}

interface Scrolled {
  scroll: number;
  height: number;
}

/** How far a pane is scrolled and how high it is, once for each frame. */
function useScroll(pane: RefObject<HTMLDivElement | null>): Scrolled {
  const [state, setState] = useState<Scrolled>({ scroll: 0, height: 0 });
  useEffect(() => {
    const element = pane.current;
    if (element === null) return;
    let frame = 0;
    const read = () => {
      frame = 0;
      setState((before) => (before.scroll === element.scrollTop && before.height === element.clientHeight ? before : { scroll: element.scrollTop, height: element.clientHeight }));
    };
    const ask = () => {
      if (frame === 0) frame = requestAnimationFrame(read);
    };
    const observer = new ResizeObserver(ask);
    observer.observe(element);
    element.addEventListener('scroll', ask, { passive: true });
    read();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      element.removeEventListener('scroll', ask);
    };
  }, [pane]);
  return state;
}

/** The line that is being drawn, from its field to the pointer. */
export function DragLine({ rowHeight, sourceIndex, targetIndex, open }: Pick<LineLayerProps, 'rowHeight' | 'sourceIndex' | 'targetIndex' | 'open'>) {
  const { view } = useRoom();
  const drag = useRoomView((state) => state.drag);
  const { held, hover } = view.getState();
  const pane = held === null ? null : document.getElementById(PANE_IDS[held.side]);
  if (drag === null || held === null || pane === null) return null;
  const box = pane.getBoundingClientRect();
  const index = (held.side === 'source' ? sourceIndex : targetIndex).get(held.path) ?? 0;
  const y = box.top + rowMiddle(index, { row: rowHeight, scroll: pane.scrollTop, height: box.height, open: held.side === 'target' ? open : null });
  const x = held.side === 'source' ? box.right - 4 : box.left + 4;
  const middle = (x + drag.x) / 2;
  return (
    <svg aria-hidden className="pointer-events-none fixed inset-0 z-40 size-full">
      <path d={`M${x} ${y} C ${middle} ${y} ${middle} ${drag.y} ${drag.x} ${drag.y}`} className="fill-none stroke-accent" strokeWidth={2} strokeDasharray={hover === null ? '5 4' : undefined} />
      <circle cx={drag.x} cy={drag.y} r={4} className="fill-accent" />
    </svg>
  );
}
