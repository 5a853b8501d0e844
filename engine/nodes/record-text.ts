import { stringifyJson, type Json } from '../flow/json.ts';

const texts = new WeakMap<object, string>();

/**
 * JSON text of a record's data, written once however often it is asked for: the journal and the request that sends the
 * record want the same 2 KB. Records are never changed in place, a step that alters one makes a new one.
 */
export function recordText(data: Json): string {
  if (typeof data !== 'object' || data === null) return stringifyJson(data);
  const known = texts.get(data);
  if (known !== undefined) return known;
  const text = stringifyJson(data);
  texts.set(data, text);
  return text;
}
