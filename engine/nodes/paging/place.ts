import { z } from 'zod';
import { jsonSchema, textOf, type Json } from '../../flow/json.ts';

/**
 * Where in a long list a source is, written down between pages. `mark` notices a source that runs in circles: it is moved up
 * at doubling distances (Brent's method), so a circle of any length is met again, and only one value is kept.
 */
const placeSchema = z.object({
  at: jsonSchema,
  mark: z.string(),
  lap: z.number(),
  limit: z.number(),
  /** Going on from here is no use, and why: said when the next page is asked for, after this one was worked on. */
  fault: z.string().optional(),
});

export type Place = z.infer<typeof placeSchema>;

const IN_CIRCLES = 'paging_in_circles';
const LONGEST_LAP = 1_000_000;

/** The place a cursor of the journal stands for; null: the beginning. */
export function readPlace(cursor: Json | null): Place | null {
  return cursor === null ? null : placeSchema.parse(cursor);
}

export function standingAt(at: Json): Place {
  return { at, mark: textOf(at), lap: 0, limit: 1 };
}

/** The place after `place`, with a fault when it was there before. */
export function moveOn(place: Place | null, at: Json): Place {
  if (place === null) return standingAt(at);
  if (textOf(at) === place.mark) return { ...place, at, fault: IN_CIRCLES };
  if (place.lap + 1 < place.limit) return { ...place, at, lap: place.lap + 1 };
  return { ...standingAt(at), limit: Math.min(place.limit * 2, LONGEST_LAP) };
}

/** The place after `place` for sources that count: the same answer twice in a row means that the counter is not heard. */
export function countOn(place: Place | null, at: number, bodyText: string): Place {
  const mark = printOf(bodyText);
  return { at, mark, lap: 0, limit: 1, ...(place?.mark === mark && { fault: IN_CIRCLES }) };
}

/** Length and FNV-1a of a text: told apart well enough for two neighbours, at a nanosecond a character. */
function printOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return `${text.length}.${(hash >>> 0).toString(36)}`;
}
