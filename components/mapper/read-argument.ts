import { isRecord, type Json } from '#engine/flow/json.ts';
import type { MappingArgument } from '#engine/mapping/mapping-schema.ts';

/** What an argument is: a fixed value, a field of the record, or a field mapped by an earlier row. */
export type ReadArgument = { kind: 'value'; value: Json } | { kind: 'path'; path: string } | { kind: 'target'; path: string };

export const ARGUMENT_KINDS = ['value', 'path', 'target'] as const;

/** Tells the three apart as the compiler does. */
export function readArgument(argument: MappingArgument): ReadArgument {
  const value: Json = argument;
  if (isRecord(value) && typeof value['path'] === 'string') return { kind: 'path', path: value['path'] };
  if (isRecord(value) && typeof value['target'] === 'string') return { kind: 'target', path: value['target'] };
  return { kind: 'value', value };
}
