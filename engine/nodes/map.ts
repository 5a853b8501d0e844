import { z } from 'zod';
import { compileAsking, type CompiledAsking } from '../mapping/compile-mapping.ts';
import { MAX_EXPECTATIONS, expectationSchema } from '../mapping/expectations.ts';
import { mappingSchema } from '../mapping/mapping-schema.ts';
import { countRules } from '../mapping/count-rules.ts';
import { schemaDocSchema } from '../schema/schema-doc.ts';
import { checkMap } from './check-map.ts';
import { mapPage } from './map-page.ts';
import { defineNode } from './node-kind.ts';

const config = z.strictObject({
  mapping: mappingSchema.meta({ field: { kind: 'mapping' } }),
  /** What the records are to become; edited in the mapper. */
  target: schemaDocSchema.optional(),
  /** Pinned results; edited in the mapper. */
  expectations: z.array(expectationSchema).max(MAX_EXPECTATIONS).optional(),
});

export type MapConfig = z.infer<typeof config>;

/** Turns each record into another shape, field by field. */
export const map = defineNode<MapConfig, CompiledAsking>({
  kind: 'map',
  version: 1,
  group: 'transform',
  icon: 'arrow-right-left',
  config,
  initial: () => ({ mapping: { rules: [] } }),
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary: ({ mapping }) => ({ key: 'fields', params: { count: countRules(mapping.rules) } }),
  check: checkMap,
  prepare: ({ mapping }) => compileAsking(mapping),
  effect: 'none',
  execute: ({ prepared, records, ports }) => mapPage({ mapping: prepared, records, ports }),
});
