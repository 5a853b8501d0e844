import { isRecord, type Json } from './json.ts';
import type { Path } from './path.ts';

/** A copy of `value` without the field at the path; the value itself where there is none. List items are kept. */
export function withoutPath(value: Json, path: Path): Json {
  const [step, ...rest] = path;
  if (typeof step !== 'string' || !isRecord(value) || !Object.hasOwn(value, step)) return value;
  const { [step]: found, ...others } = value;
  return rest.length === 0 || found === undefined ? others : { ...value, [step]: withoutPath(found, rest) };
}
