'use client';

import { useEffect, useState } from 'react';
import type { Suggestion } from '#engine/schema/suggest.ts';
import { linesWanted } from '../model/lines-wanted.ts';
import { askLines } from './ask-lines.ts';
import type { RoomFields } from './use-room-value.ts';

const NONE: readonly Suggestion[] = [];
/** While somebody types or draws, nothing is suggested anew. */
const CALM_MS = 400;

/** Lines that could be drawn, for targets that have none. Thought about when the hands rest; nothing without a schema to fill. `thinking`: they are of what was there before. */
export function useSuggestions({ source, target }: RoomFields, schemaName: string | null): { found: readonly Suggestion[]; thinking: boolean } {
  const [done, setDone] = useState<{ found: readonly Suggestion[]; source: unknown; target: unknown }>({ found: NONE, source: null, target: null });
  useEffect(() => {
    let over = false;
    const think = async (): Promise<void> => {
      const found = schemaName === null ? NONE : await askLines(linesWanted({ source, target }, schemaName));
      if (!over) setDone({ found, source, target });
    };
    const timer = setTimeout(() => void think(), CALM_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [source, target, schemaName]);
  return { found: done.found, thinking: done.source !== source || done.target !== target };
}
