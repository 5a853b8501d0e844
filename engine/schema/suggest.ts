import type { MappingFunction } from '../mapping/mapping-schema.ts';

export type SuggestionReason = 'name' | 'type' | 'values';

/** One line the mapper offers to draw. Paths are those of the schemas, from the root: `lines[].sku`. */
export interface Suggestion {
  id: string;
  target: string;
  source: string;
  /** The pairing of lists this one needs first, when the mapping does not have it yet. */
  parent?: { target: string; source: string };
  functions: MappingFunction[];
  /** 0 to 1. */
  score: number;
  reasons: SuggestionReason[];
  /** Belongs to the set that is accepted with one click. */
  obvious: boolean;
}
