import { isRecord, type Json } from '../flow/json.ts';

/** An item that keeps where it came from under a name; what is no object becomes `value`. */
export function withRest(item: Json, name: string, rest: Json): Json {
  return isRecord(item) ? { ...item, [name]: rest } : { value: item, [name]: rest };
}
