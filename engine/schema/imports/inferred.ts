import type { Json } from '../../flow/json.ts';
import { parsePath } from '../../flow/path.ts';
import { collectEvidence } from '../evidence.ts';
import { schemaFromEvidence } from '../infer-schema.ts';
import { MAX_SCHEMA_DEPTH, MAX_SCHEMA_FIELDS, type SchemaOrigin } from '../schema-doc.ts';
import { failure, type ReadOutcome } from './outcome.ts';

/** The schema that describes sample records, and whether something of them was left out. */
export function inferred(name: string, records: readonly Json[], origin: SchemaOrigin): ReadOutcome {
  const evidence = collectEvidence(records);
  const schema = schemaFromEvidence({ name, origin, evidence });
  if (schema.fields.length === 0) return failure('schema_no_fields');
  const depthOf = (path: string): number => parsePath(path)?.length ?? 0;
  const cut = evidence.length >= MAX_SCHEMA_FIELDS || evidence.some(({ path, type }) => (type === 'object' || type === 'list') && depthOf(path) >= MAX_SCHEMA_DEPTH);
  return cut ? { ok: true, schema, cut } : { ok: true, schema };
}
