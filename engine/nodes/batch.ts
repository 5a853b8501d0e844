import { z } from 'zod';
import { errorIn } from './checks.ts';
import { defineNode } from './node-kind.ts';
import type { DataRecord } from './step.ts';

export const BATCH_SIZE = { min: 1, max: 1_000 };

const config = z.strictObject({
  size: z.number().meta({ field: { kind: 'number', help: true, ...BATCH_SIZE, unit: 'records' } }),
});

export type BatchConfig = z.infer<typeof config>;

/** Gathers records into batches `{ records: […] }`, so that a system is called once for many. */
export const batch = defineNode<BatchConfig>({
  kind: 'batch',
  version: 1,
  group: 'transform',
  icon: 'package',
  config,
  initial: () => ({ size: 100 }),
  ports: () => ({ inputs: [{ id: 'in', type: 'record' }], outputs: [{ id: 'out', type: 'batch' }] }),
  summary: ({ size }) => ({ key: 'size', params: { count: size } }),
  check({ size }, scope) {
    const fits = Number.isInteger(size) && size >= BATCH_SIZE.min && size <= BATCH_SIZE.max;
    return fits ? [] : [errorIn(scope, 'batch_size_range', { field: 'size', params: BATCH_SIZE })];
  },
  effect: 'none',
  execute({ config: { size }, records }) {
    const out: DataRecord[] = [];
    for (let at = 0; at < records.length; at += size) {
      const data = { records: records.slice(at, at + size).map((record) => record.data) };
      out.push({ key: `b${out.length}`, data });
    }
    return { outputs: { out }, failures: [] };
  },
});
