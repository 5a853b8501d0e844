import { isRecord, textOf, type Json } from '../flow/json.ts';
import { EACH, formatPath, type PathStep } from '../flow/path.ts';
import { MAX_SCHEMA_DEPTH, MAX_SCHEMA_FIELDS, type FieldType } from './schema-doc.ts';

/** What real records say about one field. */
export interface FieldEvidence {
  /** `line_items[].price`; a record that is a list itself begins with `[]`. */
  path: string;
  type: FieldType;
  /** How many records could have held it: of `line_items[].price`, the items. */
  records: number;
  /** In how many of them it held something: not null, not '', not an empty list. */
  filled: number;
  /** Different values; counted up to 1,000. Of objects and lists 0. */
  distinct: number;
  /** Up to 5 different ones, in the order they came, at most 80 characters each. */
  examples: string[];
}

const MAX_DISTINCT = 1_000;
const MAX_EXAMPLES = 5;
const MAX_EXAMPLE_LENGTH = 80;
/** Longer texts count as different by their beginning and length: a set of 1,000 descriptions would be megabytes. */
const MAX_KEY_LENGTH = 200;

/** One field while it is counted; the tree spares a path text per value. */
interface Tally {
  step: PathStep;
  type: FieldType | null;
  present: number;
  filled: number;
  values: Set<string>;
  examples: string[];
  fields: Map<string, Tally> | null;
  items: Tally | null;
}

/**
 * Counts over records what each field holds, parents before their children, in the order in which fields first came.
 * Stops taking in new fields at 3,000, and new levels at 20. 50 events of 200 KB: the time is printed by evidence.test.ts.
 */
export function collectEvidence(records: readonly Json[]): FieldEvidence[] {
  const budget = { left: MAX_SCHEMA_FIELDS };
  const root = tallyOf('');
  for (const record of records) count(root, { value: record, depth: 0, budget });
  return evidenceBelow(root, [], root.present);
}

function tallyOf(step: PathStep): Tally {
  return { step, type: null, present: 0, filled: 0, values: new Set(), examples: [], fields: null, items: null };
}

interface Visit {
  value: Json;
  depth: number;
  budget: { left: number };
}

function count(tally: Tally, { value, depth, budget }: Visit): void {
  tally.present += 1;
  if (value === null || value === '') return;
  if (Array.isArray(value)) {
    tally.type = merged(tally.type, 'list');
    if (value.length === 0) return;
    tally.filled += 1;
    if (depth >= MAX_SCHEMA_DEPTH) return;
    tally.items ??= tallyOf(EACH);
    for (const item of value) count(tally.items, { value: item, depth: depth + 1, budget });
    return;
  }
  tally.filled += 1;
  if (isRecord(value)) {
    tally.type = merged(tally.type, 'object');
    if (depth < MAX_SCHEMA_DEPTH) countFields(tally, { value, depth, budget });
    return;
  }
  tally.type = merged(tally.type, scalarType(value));
  if (tally.values.size < MAX_DISTINCT) note(tally, textOf(value));
}

function countFields(tally: Tally, { value, depth, budget }: Visit): void {
  if (!isRecord(value)) return;
  tally.fields ??= new Map();
  for (const key in value) {
    let field = tally.fields.get(key);
    if (field === undefined) {
      if (budget.left <= 0) continue;
      budget.left -= 1;
      field = tallyOf(key);
      tally.fields.set(key, field);
    }
    count(field, { value: value[key] ?? null, depth: depth + 1, budget });
  }
}

function note(tally: Tally, text: string): void {
  const key = text.length > MAX_KEY_LENGTH ? `${text.slice(0, MAX_KEY_LENGTH)}${text.length}` : text;
  const before = tally.values.size;
  tally.values.add(key);
  if (tally.values.size === before || tally.examples.length >= MAX_EXAMPLES) return;
  tally.examples.push(text.length > MAX_EXAMPLE_LENGTH ? `${text.slice(0, MAX_EXAMPLE_LENGTH - 1)}…` : text);
}

function scalarType(value: Json): FieldType {
  if (typeof value === 'string') return 'text';
  return typeof value === 'boolean' ? 'boolean' : 'number';
}

/** Values of two types make a field of any; numbers that sometimes come as text are text. */
function merged(known: FieldType | null, seen: FieldType): FieldType {
  if (known === null || known === seen) return seen;
  const scalars = (type: FieldType): boolean => type === 'text' || type === 'number';
  return scalars(known) && scalars(seen) ? 'text' : 'any';
}

function evidenceBelow(tally: Tally, path: readonly PathStep[], records: number): FieldEvidence[] {
  const found: FieldEvidence[] = [];
  if (tally.items !== null) {
    const below: readonly PathStep[] = [...path, EACH];
    // Lists of plain values say what the values are; lists of records have their fields for that.
    if (tally.items.fields === null || tally.items.type === 'any') found.push(evidenceOf(tally.items, below, tally.items.present));
    found.push(...evidenceBelow(tally.items, below, tally.items.present));
  }
  for (const field of tally.fields?.values() ?? []) {
    const below: readonly PathStep[] = [...path, field.step];
    found.push(evidenceOf(field, below, records), ...evidenceBelow(field, below, field.filled));
  }
  return found;
}

function evidenceOf({ type, filled, values, examples }: Tally, path: readonly PathStep[], records: number): FieldEvidence {
  return { path: formatPath(path), type: type ?? 'any', records, filled, distinct: values.size, examples };
}
