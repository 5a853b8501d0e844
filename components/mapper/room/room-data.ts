'use client';

import { createContext, useContext } from 'react';
import type { Json } from '#engine/flow/json.ts';
import type { ExpectationResult } from '#engine/mapping/expectations.ts';
import type { Mapping } from '#engine/mapping/mapping-schema.ts';
import type { MappingPreview } from '#engine/mapping/preview-mapping.ts';
import type { SchemaDoc } from '#engine/schema/schema-doc.ts';
import type { Suggestion } from '#engine/schema/suggest.ts';
import type { PlacedRule } from '../model/place-rules.ts';
import type { SourceNode } from '../model/source-tree.ts';

/** What the open mapper shows, computed from the document and the samples. */
export interface RoomData {
  mapping: Mapping;
  placed: readonly PlacedRule[];
  preview: MappingPreview | null;
  sample: { id: string; data: Json } | null;
  schema: SchemaDoc | null;
  sourceRoots: readonly SourceNode[];
  verdicts: readonly ExpectationResult[];
  /** Suggestions by target. */
  suggestions: ReadonlyMap<string, Suggestion>;
}

export const RoomDataContext = createContext<RoomData | null>(null);

export function useRoomData(): RoomData {
  const data = useContext(RoomDataContext);
  if (data === null) throw new Error('useRoomData is used outside <MapperRoom>');
  return data;
}
