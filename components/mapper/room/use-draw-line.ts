'use client';

import { type PointerEvent, useCallback } from 'react';
import { useRoom } from './room-context.ts';
import type { Held, Side } from './room-view.ts';
import { PANE_IDS } from './use-room-value.ts';

const THRESHOLD = 5;
const EDGE = 28;
const SCROLL_STEP = 12;

/**
 * Drawing a line by mouse or finger: press on a field, move to one on the other side, let go. Near the edge of a pane it scrolls.
 * A finger draws from the dot of a field only, so that it can scroll everywhere else.
 */
export function useDrawLine(): (from: Held, event: PointerEvent<HTMLElement>) => void {
  const room = useRoom();
  return useCallback(
    (from, event) => {
      const onDot = event.target instanceof Element && event.target.closest('[data-dot]') !== null;
      if (room.readOnly || event.button !== 0 || (event.pointerType !== 'mouse' && !onDot)) return;
      const start = { x: event.clientX, y: event.clientY };
      let drawing = false;
      let frame = 0;
      let last = start;

      function scroll(): void {
        for (const side of SIDES) {
          const pane = document.getElementById(PANE_IDS[side]);
          const box = pane?.getBoundingClientRect();
          if (pane === null || box === undefined || last.x < box.left || last.x > box.right) continue;
          if (last.y < box.top + EDGE && last.y > box.top - EDGE) pane.scrollTop -= SCROLL_STEP;
          if (last.y > box.bottom - EDGE && last.y < box.bottom + EDGE) pane.scrollTop += SCROLL_STEP;
        }
        frame = requestAnimationFrame(scroll);
      }
      function onMove(move: globalThis.PointerEvent): void {
        last = { x: move.clientX, y: move.clientY };
        if (!drawing && Math.hypot(last.x - start.x, last.y - start.y) < THRESHOLD) return;
        if (!drawing) frame = requestAnimationFrame(scroll);
        drawing = true;
        move.preventDefault();
        const over = fieldAt(last);
        room.view.setState({ held: from, drag: last, hover: over !== null && over.side !== from.side ? over : null });
      }
      function end(): void {
        cancelAnimationFrame(frame);
        window.removeEventListener('pointermove', onMove);
        window.removeEventListener('pointerup', onUp);
        window.removeEventListener('pointercancel', end);
        window.removeEventListener('keydown', onKey, true);
        if (drawing) room.view.setState({ held: null, drag: null, hover: null });
      }
      function onUp(): void {
        const over = drawing ? fieldAt(last) : null;
        if (drawing) window.addEventListener('click', swallow, { capture: true, once: true });
        setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
        end();
        if (over === null || over.side === from.side) return;
        room.draw(from.side === 'source' ? from.path : over.path, from.side === 'source' ? over.path : from.path);
      }
      function onKey(key: KeyboardEvent): void {
        if (key.key !== 'Escape') return;
        key.stopPropagation();
        key.preventDefault();
        end();
      }
      window.addEventListener('pointermove', onMove);
      window.addEventListener('pointerup', onUp);
      window.addEventListener('pointercancel', end);
      window.addEventListener('keydown', onKey, true);
    },
    [room],
  );
}

const SIDES: readonly Side[] = ['source', 'target'];

/** The click that ends a drag means nothing of its own. */
function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}

/** The field under a point of the window. */
function fieldAt({ x, y }: { x: number; y: number }): Held | null {
  const row = document.elementFromPoint(x, y)?.closest('[data-side]');
  const side = row?.getAttribute('data-side');
  const path = row?.getAttribute('data-path');
  return path != null && (side === 'source' || side === 'target') ? { side, path } : null;
}
