import type { FieldEvidence } from '../evidence.ts';
import { placeFields } from '../field-paths.ts';
import type { SchemaDoc } from '../schema-doc.ts';
import type { SuggestField } from '../suggest/suggest-field.ts';

/** All fields of a schema, parents first, with what records say about them. */
export function fieldsOf(doc: SchemaDoc, evidence: readonly FieldEvidence[] = []): SuggestField[] {
  const known = new Map(evidence.map((found) => [found.path, found]));
  const placed = placeFields(doc).map(({ path, field }) => ({ path, name: field.name, type: field.type, field, evidence: known.get(path) ?? null, children: new Array<SuggestField>() }));
  const byField = new Map(placed.map((one) => [one.field, one]));
  for (const one of placed) {
    for (const inner of one.field.fields ?? []) {
      const child = byField.get(inner);
      if (child !== undefined) one.children.push(child);
    }
  }
  return placed;
}
