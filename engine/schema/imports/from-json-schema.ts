import { isForbiddenKey } from '../../flow/json-scan.ts';
import type { Json } from '../../flow/json.ts';
import { guessMeanings } from '../guess-meaning.ts';
import { MAX_SCHEMA_DEPTH, MAX_SCHEMA_FIELDS, type FieldType, type SchemaDoc, type SchemaField, type SchemaOrigin } from '../schema-doc.ts';
import { mergeSchema, type MergedSchema, type MergeScope } from './merge-schema.ts';
import { failure, type ReadOutcome } from './outcome.ts';

const MAX_SUBSCHEMAS = 60_000;
const MAX_NAME = 200;

export interface JsonSchemaSource {
  /** The whole document, for references. */
  root: Json;
  /** The schema inside it. */
  schema: Json;
  name: string;
  origin: SchemaOrigin;
  /** Fields that never travel this way: those that are read only in what is sent, those that are write only in what comes. */
  leaveOut?: 'readOnly' | 'writeOnly';
}

/**
 * The fields of a JSON Schema (draft 4 to 2020-12) or of a schema inside an OpenAPI file. Local references are followed,
 * `allOf`, `anyOf` and `oneOf` laid over each other; what refers to itself is cut there, and what lies in other files
 * holds anything. Fields are taken level by level, so that a limit cuts the deepest ones.
 */
export function fromJsonSchema({ root, schema, name, origin, leaveOut }: JsonSchemaSource): ReadOutcome {
  const scope: MergeScope = { root, budget: { left: MAX_SUBSCHEMAS }, missing: new Set(), elsewhere: new Set() };
  const top = recordOf(mergeSchema(schema, scope), scope);
  const [missing] = [...scope.missing, ...scope.elsewhere];
  if (top === null) return missing === undefined ? failure('schema_not_object') : failure('schema_reference_missing', { reference: missing });
  const doc: SchemaDoc = { name: top.title?.slice(0, 200) ?? name, origin, fields: [] };
  const grown = grow(doc.fields, top, { scope, leaveOut });
  if (typeof grown === 'string') return failure('name_forbidden', { name: grown });
  const [lost] = scope.missing;
  if (lost !== undefined) return failure('schema_reference_missing', { reference: lost });
  if (doc.fields.length === 0) return missing === undefined ? failure('schema_no_fields') : failure('schema_reference_missing', { reference: missing });
  const read = guessMeanings(doc);
  return grown ? { ok: true, schema: read, cut: grown } : { ok: true, schema: read };
}

/** A list of records stands for its records. */
function recordOf(merged: MergedSchema | null, scope: MergeScope): MergedSchema | null {
  if (merged === null || merged.properties.size > 0) return merged;
  const [item] = merged.items;
  return item === undefined ? (merged.types.has('object') ? merged : null) : mergeSchema(item, scope, merged.seen);
}

/** Whether a limit cut something off; a name that must not be used instead. */
function grow(fields: SchemaField[], top: MergedSchema, { scope, leaveOut }: { scope: MergeScope; leaveOut: JsonSchemaSource['leaveOut'] }): boolean | string {
  const queue: { into: SchemaField[]; merged: MergedSchema; depth: number }[] = [{ into: fields, merged: top, depth: 1 }];
  let count = 0;
  let cut = false;
  for (const { into, merged, depth } of queue) {
    for (const [name, schemas] of merged.properties) {
      if (isForbiddenKey(name)) return name;
      // A name cut off would fill nothing.
      if (name === '' || name.length > MAX_NAME) continue;
      if (count >= MAX_SCHEMA_FIELDS || depth > MAX_SCHEMA_DEPTH) {
        cut = true;
        break;
      }
      const inner = mergeAll(schemas, scope, merged.seen);
      if (leaveOut !== undefined && inner?.[leaveOut] === true) continue;
      count += 1;
      const field: SchemaField = fieldOf(name, inner);
      if (merged.required.has(name)) field.required = true;
      into.push(field);
      const below = inner === null ? null : belowOf(field, inner, scope);
      if (below === null || below.properties.size === 0) continue;
      field.fields = [];
      queue.push({ into: field.fields, merged: below, depth: depth + 1 });
    }
  }
  return cut;
}

function mergeAll(schemas: readonly Json[], scope: MergeScope, seen: ReadonlySet<string>): MergedSchema | null {
  const [only] = schemas;
  return mergeSchema(schemas.length === 1 && only !== undefined ? only : { allOf: [...schemas] }, scope, seen);
}

/** What holds the fields of an object or of a list's records. */
function belowOf(field: SchemaField, merged: MergedSchema, scope: MergeScope): MergedSchema | null {
  if (field.type === 'object') return merged;
  if (field.type !== 'list') return null;
  const items = merged.items.length === 0 ? null : mergeAll(merged.items, scope, merged.seen);
  if (items !== null && items.properties.size === 0) field.item = typeOf(items);
  return items;
}

function fieldOf(name: string, merged: MergedSchema | null): SchemaField {
  if (merged === null) return { name, type: 'any' };
  const { title, description, format, options } = merged;
  return {
    name,
    type: typeOf(merged),
    ...(title === undefined ? {} : { title: title.slice(0, 300) }),
    ...(description === undefined ? {} : { description: description.slice(0, 1_000) }),
    ...(format === undefined ? {} : { format: format.slice(0, 50) }),
    ...(options.length === 0 ? {} : { options: [...new Set(options.map((option) => option.slice(0, 200)))].slice(0, 200) }),
  };
}

const TYPES: Readonly<Record<string, FieldType>> = {
  string: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
  array: 'list',
};

function typeOf({ types, properties, items, options }: MergedSchema): FieldType {
  if (properties.size > 0 && !types.has('array')) return 'object';
  const known = new Set([...types].map((type) => TYPES[type] ?? 'any'));
  const [only] = known;
  if (known.size === 1 && only !== undefined) return only;
  if (known.size > 1) return [...known].every((type) => type === 'text' || type === 'number') ? 'text' : 'any';
  if (items.length > 0) return 'list';
  return options.length > 0 ? 'text' : 'any';
}
