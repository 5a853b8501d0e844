'use client';

import { useEffect, useState } from 'react';
import type { Mapping } from '#engine/mapping/mapping-schema.ts';
import type { FieldEvidence } from '#engine/schema/evidence.ts';
import type { SchemaDoc } from '#engine/schema/schema-doc.ts';
import type { Suggestion } from '#engine/schema/suggest.ts';

interface Asked {
  source: readonly FieldEvidence[];
  sourceSchema: SchemaDoc | null;
  target: SchemaDoc | null;
  mapping: Mapping;
}

const NONE: readonly Suggestion[] = [];
/** While somebody types or draws, nothing is suggested anew. */
const CALM_MS = 400;

/** Lines that could be drawn, the best for each target that has none. Thought about when the hands rest. */
export function useSuggestions({ source, sourceSchema, target, mapping }: Asked): readonly Suggestion[] {
  const [found, setFound] = useState<readonly Suggestion[]>(NONE);
  useEffect(() => {
    const timer = setTimeout(() => {
      setFound(NONE);
    }, CALM_MS);
    return () => clearTimeout(timer);
  }, [source, sourceSchema, target, mapping]);
  return found;
}
