'use client';

import { type FitViewOptions, useReactFlow, useStore } from '@xyflow/react';
import { useEffect, useRef } from 'react';

/** Inside a canvas to look at: fits the flow again when a panel beside it takes room or gives it back. */
export function Refit({ fit }: { fit: FitViewOptions }) {
  const flow = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const known = useRef({ width, height });
  useEffect(() => {
    const before = known.current;
    known.current = { width, height };
    if (before.width === 0 || (before.width === width && before.height === height)) return;
    void flow.fitView(fit);
  }, [flow, fit, width, height]);
  return null;
}
