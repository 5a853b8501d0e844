import { isRecord, parseJson, textOf, type Json } from '#engine/flow/json.ts';

const MESSAGE_KEYS = ['message', 'detail', 'description', 'error_description', 'title'];
const PLACE_KEYS = ['field', 'path', 'pointer', 'code', 'target'];
const MOST = 8;

/**
 * The sentences in a vendor's error answer: each object with a message becomes `field: message`. Vendors nest them
 * (`errors`, `details`, `value`), so all of the answer is looked through. Empty when the text is not JSON or holds none.
 */
export function answerWords(text: string): string[] {
  const start = text.search(/[[{]/);
  if (start < 0) return [];
  let answer: Json;
  try {
    answer = parseJson(text.slice(start));
  } catch {
    return [];
  }
  const found: string[] = [];
  collect(answer, found);
  return [...new Set(found)].slice(0, MOST);
}

function collect(value: Json, found: string[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
    return;
  }
  if (!isRecord(value)) return;
  const message = MESSAGE_KEYS.map((key) => value[key]).find((held) => typeof held === 'string' && held.trim() !== '');
  if (message !== undefined) {
    const place = PLACE_KEYS.map((key) => value[key]).find((held) => held !== null && held !== undefined && typeof held !== 'object');
    found.push(place === undefined ? textOf(message) : `${textOf(place)}: ${textOf(message)}`);
  }
  for (const held of Object.values(value)) collect(held, found);
}
