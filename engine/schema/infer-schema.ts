import { isRecord, type Json } from '../flow/json.ts';
import { EACH, parsePath, type PathStep } from '../flow/path.ts';
import { collectEvidence, type FieldEvidence } from './evidence.ts';
import { guessMeanings } from './guess-meaning.ts';
import type { SchemaDoc, SchemaField, SchemaOrigin } from './schema-doc.ts';
import { formatOf } from './value-format.ts';

/**
 * The schema that describes the records; records that are lists count as their items. A field is required when every
 * record holds it. Meanings are guesses from names (`meaningGuessed`).
 */
export function inferSchema(name: string, records: readonly Json[], origin: SchemaOrigin = 'json'): SchemaDoc {
  const single = records.flatMap((record) => (Array.isArray(record) ? record : [record])).filter(isRecord);
  return schemaFromEvidence({ name, origin, evidence: collectEvidence(single) });
}

export interface EvidenceSchema {
  name: string;
  origin: SchemaOrigin;
  evidence: readonly FieldEvidence[];
}

const MAX_NAME = 200;

/** The tree of fields that the paths of evidence span. */
export function schemaFromEvidence({ name, origin, evidence }: EvidenceSchema): SchemaDoc {
  const root: SchemaField = { name: '', type: 'object', fields: [] };
  const places = new Map<string, SchemaField>([['', root]]);
  for (const found of evidence) {
    const steps = parsePath(found.path);
    if (steps !== null) place(steps, found, places);
  }
  return guessMeanings({ name, origin, fields: root.fields ?? [] });
}

function place(steps: readonly PathStep[], found: FieldEvidence, places: Map<string, SchemaField>): void {
  const last = steps.at(-1);
  const parent = places.get(keyOf(steps.slice(0, -1)));
  if (parent === undefined || typeof last === 'number') return;
  if (last === EACH) {
    parent.item = found.type;
    return;
  }
  // Such a name cannot be stored, and cut off it would be another one.
  if (last === undefined || last === '' || last.length > MAX_NAME) return;
  const format = found.type === 'text' ? formatOf(found.examples) : undefined;
  const field: SchemaField = {
    name: last,
    type: found.type,
    ...(found.records > 0 && found.filled === found.records ? { required: true } : {}),
    ...(format === undefined ? {} : { format }),
  };
  (parent.fields ??= []).push(field);
  places.set(keyOf(steps), field);
}

/** Items of a list are fields of the list itself. */
function keyOf(steps: readonly PathStep[]): string {
  return JSON.stringify(steps.filter((step) => typeof step === 'string')).slice(1, -1);
}
