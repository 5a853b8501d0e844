'use client';

import { ViewportPortal } from '@xyflow/react';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { GuideLine } from './guides.ts';

/** The lines a dragged node has snapped to. */
export function GuideLines({ guides }: { guides: StoreApi<{ lines: readonly GuideLine[] }> }) {
  const lines = useStore(guides, (state) => state.lines);
  if (lines.length === 0) return null;
  return (
    <ViewportPortal>
      {lines.map(({ axis, at, from, to }) => (
        <div
          key={axis}
          aria-hidden
          className="weft-guide absolute bg-accent"
          style={axis === 'x' ? { transform: `translate(${at}px, ${from}px)`, width: 1, height: to - from } : { transform: `translate(${from}px, ${at}px)`, width: to - from, height: 1 }}
        />
      ))}
    </ViewportPortal>
  );
}
