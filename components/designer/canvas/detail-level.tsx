'use client';

import { useStore } from '@xyflow/react';
import { type RefObject, useLayoutEffect } from 'react';

const FAR = 0.55;
const MIDDLE = 0.75;

/**
 * Writes on the canvas how near it is seen (`data-detail`: far, middle, near); the style sheet does the rest. One attribute
 * instead of a subscription per node: crossing a level draws nothing anew.
 */
export function DetailLevel({ frame }: { frame: RefObject<HTMLElement | null> }) {
  const detail = useStore(({ transform }) => (transform[2] < FAR ? 'far' : transform[2] < MIDDLE ? 'middle' : 'near'));
  useLayoutEffect(() => frame.current?.setAttribute('data-detail', detail), [frame, detail]);
  return null;
}
