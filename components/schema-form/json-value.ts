import { parseJson, stringifyJson, type Json } from '#engine/flow/json.ts';

/** @returns the value that a typed text stands for. */
export function readValue(text: string): Json {
  const trimmed = text.trim();
  if (/^(?:true|false|null|-?\d|\[|\{|")/.test(trimmed)) {
    try {
      return parseJson(trimmed);
    } catch {
      return text;
    }
  }
  return text;
}

/** The text that `readValue` reads back as the same value. */
export function writeValue(value: Json): string {
  if (typeof value === 'string') return sameValue(readValue(value), value) ? value : stringifyJson(value);
  return stringifyJson(value);
}

/** Equal in type and in every digit. */
export function sameValue(a: Json, b: Json): boolean {
  return typeof a === typeof b && stringifyJson(a) === stringifyJson(b);
}
