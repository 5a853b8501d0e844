import { z } from 'zod';
import { compileMapping, type CompiledMapping } from '../mapping/compile-mapping.ts';
import { checkMapping } from '../mapping/check-mapping.ts';
import { MAX_EXPECTATIONS, expectationSchema } from '../mapping/expectations.ts';
import { mappingSchema } from '../mapping/mapping-schema.ts';
import { countRules } from '../mapping/count-rules.ts';
import { schemaDocSchema } from '../schema/schema-doc.ts';
import { errorIn } from './checks.ts';
import { defineNode } from './node-kind.ts';
import type { DataRecord, RecordFailure } from './step.ts';

const config = z.strictObject({
  mapping: mappingSchema.meta({ field: { kind: 'mapping' } }),
  /** What the records are to become; edited in the mapper. */
  target: schemaDocSchema.optional(),
  /** Pinned results; edited in the mapper. */
  expectations: z.array(expectationSchema).max(MAX_EXPECTATIONS).optional(),
});

export type MapConfig = z.infer<typeof config>;

/** Turns each record into another shape, field by field. */
export const map = defineNode<MapConfig, CompiledMapping>({
  kind: 'map',
  version: 1,
  group: 'transform',
  icon: 'arrow-right-left',
  config,
  initial: () => ({ mapping: { rules: [] } }),
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary: ({ mapping }) => ({ key: 'fields', params: { count: countRules(mapping.rules) } }),
  check: ({ mapping }, scope) =>
    checkMapping(mapping).map(({ code, field, params }) =>
      errorIn(scope, code, { field: field === '' ? 'mapping' : `mapping.${field}`, params }),
    ),
  prepare: ({ mapping }) => compileMapping(mapping),
  effect: 'none',
  execute({ prepared, records }) {
    const out: DataRecord[] = [];
    const failures: RecordFailure[] = [];
    for (const record of records) {
      const result = prepared(record.data);
      if (result.ok) {
        out.push({ key: record.key, data: result.value });
        continue;
      }
      const [first] = result.errors;
      failures.push({
        record,
        class: 'data',
        code: 'mapping_failed',
        message: result.errors.map(({ target, code }) => `${target}: ${code}`).join('; '),
        params: { target: first?.target ?? '', reason: first?.code ?? '', count: result.errors.length },
      });
    }
    return { outputs: { out }, failures };
  },
});
