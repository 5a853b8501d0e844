import { z } from 'zod';
import type { Json } from '../flow/json.ts';
import { errorIn } from './checks.ts';
import type { SchemaFault } from './json-schema/schema-check.ts';
import { defineNode } from './node-kind.ts';
import { checkSchemaText, faultLine, schemaCheckOf } from './schema-text.ts';
import type { StepOutput } from './step.ts';

const config = z.strictObject({
  schema: z.string().max(200_000).meta({ field: { kind: 'jsonSchema', help: true, source: 'https://json-schema.org/understanding-json-schema' } }),
  onInvalid: z.enum(['fail', 'port']).meta({ field: { kind: 'select', help: true } }),
});

export type ValidateConfig = z.infer<typeof config>;

/** Compares each record with a JSON Schema. */
export const validate = defineNode<ValidateConfig, (data: Json) => SchemaFault[]>({
  kind: 'validate',
  version: 1,
  group: 'logic',
  icon: 'shield-check',
  config,
  initial: () => ({ schema: '', onInvalid: 'fail' }),
  ports: ({ onInvalid }) => ({
    inputs: [{ id: 'in', type: 'record' }],
    outputs: [{ id: 'valid', type: 'record' }, ...(onInvalid === 'port' ? [{ id: 'invalid', type: 'record' as const }] : [])],
  }),
  summary: ({ schema, onInvalid }) => (schema.trim() === '' ? { key: 'empty' } : { key: onInvalid }),
  check: ({ schema }, scope) =>
    schema.trim() === '' ? [errorIn(scope, 'schema_empty', { field: 'schema' })] : checkSchemaText(scope, 'schema', schema),
  prepare: ({ schema }) => schemaCheckOf(schema),
  effect: 'none',
  execute({ config: { onInvalid }, prepared, records }) {
    const output: StepOutput = { outputs: { valid: [] }, failures: [] };
    for (const record of records) {
      const faults = prepared(record.data);
      const [first] = faults;
      if (first === undefined) output.outputs['valid']?.push(record);
      else if (onInvalid === 'port') {
        const data = { record: record.data, errors: faults.map(({ path, keyword, expected }) => ({ path, rule: keyword, expected })) };
        (output.outputs['invalid'] ??= []).push({ key: record.key, data });
      } else {
        const params = { path: first.path, rule: first.keyword, expected: first.expected, count: faults.length };
        output.failures.push({ record, class: 'data', code: 'schema_broken', message: faultLine(faults), params });
      }
    }
    return output;
  },
});
