import { isRawNumber, isRecord, textOf, type Json } from '#engine/flow/json.ts';
import { EACH, formatPath, type PathStep } from '#engine/flow/path.ts';

export type SampleType = 'text' | 'number' | 'boolean' | 'null' | 'object' | 'list';

/** One field found in a sample. */
export interface SamplePath {
  path: string;
  type: SampleType;
  /** The value there, shortened; of a list its length. */
  example: string;
  /** Depth of nesting, for indentation. */
  depth: number;
}

const MAX_PATHS = 800;
const MAX_DEPTH = 12;
const MAX_EXAMPLE = 60;

/** All fields of a sample in their order; of a list the fields of its items, under `list[]`. */
export function samplePaths(sample: Json | undefined): SamplePath[] {
  const found: SamplePath[] = [];
  if (sample !== undefined) collect(sample, [], found);
  return found;
}

function collect(value: Json, path: readonly PathStep[], found: SamplePath[]): void {
  if (found.length >= MAX_PATHS || path.length > MAX_DEPTH) return;
  if (path.length > 0 && path.at(-1) !== EACH) {
    found.push({ path: formatPath(path), type: typeOf(value), example: exampleOf(value), depth: path.length - 1 });
  }
  if (Array.isArray(value)) {
    const item = mergeItems(value);
    if (item !== undefined) collect(item, [...path, EACH], found);
  } else if (isRecord(value)) {
    for (const [key, child] of Object.entries(value)) collect(child, [...path, key], found);
  }
}

/** The fields of all items together: a field that only the third line has is offered as well. */
function mergeItems(list: readonly Json[]): Json | undefined {
  const records = list.slice(0, 20).filter(isRecord);
  if (records.length === 0) return list[0];
  return Object.assign({}, ...records.toReversed());
}

export function typeOf(value: Json): SampleType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'number' || typeof value === 'bigint' || isRawNumber(value) ? 'number' : 'object';
}

/** A value in a few characters. */
export function exampleOf(value: Json | undefined): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return `[${value.length}]`;
  if (isRecord(value)) return `{${Object.keys(value).length}}`;
  const text = value === null ? 'null' : textOf(value);
  return text.length > MAX_EXAMPLE ? `${text.slice(0, MAX_EXAMPLE - 1)}…` : text;
}
