import { parseJson, type Json } from '#engine/flow/json.ts';

const kept = new Map<string, Json | undefined>();
const MOST_KEPT = 120;

/** Parses, keeping what the last texts were: the same samples are asked for by every node that is looked at. Undefined: no JSON. */
export function parseKept(text: string): Json | undefined {
  if (kept.has(text)) return kept.get(text);
  if (kept.size >= MOST_KEPT) {
    const [oldest] = kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
  }
  const value = read(text);
  kept.set(text, value);
  return value;
}

function read(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
