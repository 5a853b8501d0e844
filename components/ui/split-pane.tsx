'use client';

import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { cn } from './cn.ts';

interface SplitPaneProps {
  /** The pane with the adjustable size comes second (right or bottom) unless `fixed` says first. */
  first: ReactNode;
  /** Null: the first has all the room, and stays as it is (it is not drawn anew) when the second comes and goes. */
  second: ReactNode | null;
  direction?: 'row' | 'column';
  fixed?: 'first' | 'second';
  /** Sizes of the adjustable pane in CSS pixels. A new `initial` begins at that size; the size a person chose for the earlier one comes back with it. */
  initial?: number;
  min?: number;
  max?: number;
  /** The handle's accessible name. */
  label: string;
  className?: string;
}

const KEY_STEP = 16;

/** Two panes with a handle between them: by pointer, or by arrow keys on the focused handle. */
export function SplitPane({ first, second, direction = 'row', fixed = 'second', initial = 360, min = 200, max = 800, label, className }: SplitPaneProps) {
  const [chosen, setChosen] = useState<Record<number, number>>({});
  const size = chosen[initial] ?? initial;
  const drag = useRef<{ at: number; size: number } | null>(null);
  const row = direction === 'row';
  const sign = fixed === 'first' ? 1 : -1;
  const resize = (next: number) => setChosen({ ...chosen, [initial]: Math.min(max, Math.max(min, next)) });

  function onPointerDown(event: PointerEvent<HTMLDivElement>) {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { at: row ? event.clientX : event.clientY, size };
  }
  function onPointerMove(event: PointerEvent<HTMLDivElement>) {
    if (drag.current === null) return;
    resize(drag.current.size + sign * ((row ? event.clientX : event.clientY) - drag.current.at));
  }
  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const forward = row ? 'ArrowRight' : 'ArrowDown';
    const backward = row ? 'ArrowLeft' : 'ArrowUp';
    if (event.key !== forward && event.key !== backward) return;
    event.preventDefault();
    resize(size + sign * (event.key === forward ? KEY_STEP : -KEY_STEP));
  }

  const sized = { [row ? 'width' : 'height']: size };
  return (
    <div className={cn('flex min-h-0 min-w-0', row ? 'flex-row' : 'flex-col', className)}>
      <div className={cn('min-h-0 min-w-0', fixed === 'first' ? 'shrink-0' : 'flex-1')} style={fixed === 'first' && second !== null ? sized : undefined}>
        {first}
      </div>
      {second !== null && (
        <>
          <div
            role="separator"
            aria-label={label}
            aria-orientation={row ? 'vertical' : 'horizontal'}
            aria-valuenow={size}
            aria-valuemin={min}
            aria-valuemax={max}
            tabIndex={0}
            onPointerDown={onPointerDown}
            onPointerMove={onPointerMove}
            onPointerUp={() => {
              drag.current = null;
            }}
            onKeyDown={onKeyDown}
            className={cn('relative shrink-0 bg-border transition-colors hover:bg-accent', row ? 'w-px cursor-col-resize' : 'h-px cursor-row-resize')}
          >
            <span aria-hidden className={cn('absolute z-10', row ? '-inset-x-1 inset-y-0' : 'inset-x-0 -inset-y-1')} />
          </div>
          <div className={cn('min-h-0 min-w-0', fixed === 'second' ? 'shrink-0' : 'flex-1')} style={fixed === 'second' ? sized : undefined}>
            {second}
          </div>
        </>
      )}
    </div>
  );
}
