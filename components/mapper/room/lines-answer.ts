import { suggestLines, type SuggestInput } from '#engine/schema/suggest-lines.ts';
import type { Suggestion } from '#engine/schema/suggest.ts';

/** What the worker of suggestions is asked. */
export interface LinesRequest {
  id: number;
  wanted: SuggestInput;
}

export interface LinesAnswer {
  id: number;
  found: readonly Suggestion[];
}

/** Answers one request, wherever it is thought about. */
export function answerLines({ id, wanted }: LinesRequest): LinesAnswer {
  return { id, found: suggestLines(wanted) };
}
