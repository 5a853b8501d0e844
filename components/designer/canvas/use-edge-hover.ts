import type { Edge } from '@xyflow/react';
import { useCallback, useRef, useState } from 'react';

/** Long enough to get from the edge to its buttons. */
const LINGER_MS = 200;

/** The edge under the pointer, for a moment longer than it is there. */
export function useEdgeHover() {
  const [edgeId, setEdgeId] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const keep = useCallback(() => clearTimeout(timer.current), []);
  const onEnter = useCallback((event: { buttons: number }, edge: Edge) => {
    // A drag that crosses an edge is about something else.
    if (event.buttons !== 0) return;
    clearTimeout(timer.current);
    setEdgeId(edge.id);
  }, []);
  const onLeave = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setEdgeId(null), LINGER_MS);
  }, []);
  return { edgeId, keep, onEnter, onLeave };
}
