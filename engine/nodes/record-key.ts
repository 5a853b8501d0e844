import { z } from 'zod';
import { stringifyJson, textOf, type Json } from '../flow/json.ts';
import { getPath, parsePath, type Path } from '../flow/path.ts';
import type { Problem } from '../flow/problem.ts';
import { checkPath, errorIn } from './checks.ts';
import type { NodeCheckScope } from './node-kind.ts';
import type { DataRecord, RecordFailure } from './step.ts';

/** Fields that together name a business object. */
export const keyPathsSchema = z.array(z.string().max(500)).max(10);

export function checkKeyPaths(scope: NodeCheckScope, field: string, paths: readonly string[]): Problem[] {
  if (paths.length === 0) return [errorIn(scope, 'key_paths_empty', { field })];
  return paths.flatMap((path, index) => checkPath(scope, `${field}.${index}`, path));
}

export function prepareKeyPaths(paths: readonly string[]): Path[] {
  return paths.map((path) => parsePath(path) ?? []);
}

/** The key of a record as text; null where one of its fields is empty. */
export function keyOf(data: Json, paths: readonly Path[]): string | null {
  const parts = paths.map((path) => textOf(getPath(data, path)));
  if (parts.length === 0 || parts.includes('')) return null;
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : stringifyJson(parts);
}

/** A record that cannot be told from others. */
export function withoutKey(record: DataRecord, paths: readonly string[]): RecordFailure {
  const path = paths.join(', ');
  return { record, class: 'data', code: 'key_missing', message: `${path} is empty`, params: { path } };
}
