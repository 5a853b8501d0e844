import { EACH, formatPath, parsePath, type PathStep } from '../flow/path.ts';
import type { SchemaDoc, SchemaField } from './schema-doc.ts';

/** A field with its place: `path` from the root, items of lists as `[]`; `list` is the path of the innermost list around it. */
export interface PlacedField {
  path: string;
  steps: readonly PathStep[];
  field: SchemaField;
  /** `lines` for `lines[].sku`; null outside lists. */
  list: string | null;
  parents: readonly SchemaField[];
}

/** Every field of a schema, parents before their children. */
export function placeFields(doc: Pick<SchemaDoc, 'fields'>): PlacedField[] {
  const placed: PlacedField[] = [];
  const walk = (fields: readonly SchemaField[], around: Omit<PlacedField, 'field' | 'path'>): void => {
    for (const field of fields) {
      const steps = [...around.steps, field.name];
      const path = formatPath(steps);
      placed.push({ path, steps, field, list: around.list, parents: around.parents });
      if (field.fields === undefined) continue;
      const isList = field.type === 'list';
      const below: readonly PathStep[] = isList ? [...steps, EACH] : steps;
      walk(field.fields, { steps: below, list: isList ? path : around.list, parents: [...around.parents, field] });
    }
  };
  walk(doc.fields, { steps: [], list: null, parents: [] });
  return placed;
}

/** The field at a path, with or without `[]` and positions behind lists; null when the schema has none. */
export function fieldAt(doc: Pick<SchemaDoc, 'fields'>, path: string): SchemaField | null {
  const steps = parsePath(path)?.filter((step) => typeof step === 'string');
  let fields: readonly SchemaField[] | undefined = doc.fields;
  let found: SchemaField | null = null;
  for (const step of steps ?? []) {
    found = fields?.find(({ name }) => name === step) ?? null;
    if (found === null) return null;
    fields = found.fields;
  }
  return found;
}

/** A copy of the schema with the field at a path changed; the schema itself when there is no such field. */
export function withField(doc: SchemaDoc, path: string, change: (field: SchemaField) => SchemaField): SchemaDoc {
  const names = parsePath(path)?.filter((step) => typeof step === 'string') ?? [];
  const inside = (fields: readonly SchemaField[], at: number): SchemaField[] =>
    fields.map((field) => {
      if (field.name !== names[at]) return field;
      if (at === names.length - 1) return change(field);
      return field.fields === undefined ? field : { ...field, fields: inside(field.fields, at + 1) };
    });
  return names.length === 0 ? doc : { ...doc, fields: inside(doc.fields, 0) };
}
