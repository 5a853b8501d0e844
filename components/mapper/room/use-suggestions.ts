'use client';

import { useEffect, useState } from 'react';
import type { Suggestion } from '#engine/schema/suggest.ts';
import { suggestFor } from '../model/suggest-for.ts';
import type { RoomFields } from './use-room-value.ts';

const NONE: readonly Suggestion[] = [];
/** While somebody types or draws, nothing is suggested anew. */
const CALM_MS = 400;

/** Lines that could be drawn, for targets that have none. Thought about when the hands rest; nothing without a schema to fill. */
export function useSuggestions({ source, target }: RoomFields, schemaName: string | null): readonly Suggestion[] {
  const [found, setFound] = useState<readonly Suggestion[]>(NONE);
  useEffect(() => {
    const timer = setTimeout(() => setFound(schemaName === null ? NONE : suggestFor({ source, target }, schemaName)), CALM_MS);
    return () => clearTimeout(timer);
  }, [source, target, schemaName]);
  return found;
}
