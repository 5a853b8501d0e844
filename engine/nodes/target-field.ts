import { getPath, parsePath, setPath, type Path } from '../flow/path.ts';
import { isRecord, type Json } from '../flow/json.ts';
import type { Problem } from '../flow/problem.ts';
import { errorIn } from './checks.ts';
import type { NodeCheckScope } from './node-kind.ts';

/** A field of the record that takes a value: keys only, no list positions. */
export function checkTargetField(scope: NodeCheckScope, field: string, text: string): Problem[] {
  if (text.trim() === '') return [errorIn(scope, 'field_name_empty', { field })];
  const path = parsePath(text.trim());
  const usable = path !== null && path.every((step) => typeof step === 'string');
  return usable ? [] : [errorIn(scope, 'keep_invalid', { field, params: { path: text } })];
}

/** A copy of the record with a value in a field; a record that is no object stays under `value`. */
export function withValue(data: Json, path: Path, value: Json): Json {
  return setPath(isRecord(data) ? data : { value: data }, path, value);
}

/** True where a record has nothing in a field that names something. */
export function isUnset(data: Json, path: Path): boolean {
  const value = getPath(data, path);
  return value === undefined || value === null || value === '';
}
