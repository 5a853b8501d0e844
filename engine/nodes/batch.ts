import { z } from 'zod';
import { jsonSchema } from '../flow/json.ts';
import { parsePath, type Path } from '../flow/path.ts';
import { errorIn } from './checks.ts';
import { defineNode } from './node-kind.ts';
import type { DataRecord } from './step.ts';
import { checkTargetField, withValue } from './target-field.ts';

export const BATCH_SIZE = { min: 1, max: 1_000 };

const config = z.strictObject({
  size: z.number().meta({ field: { kind: 'number', help: true, ...BATCH_SIZE, unit: 'records' } }),
  /** What the far end calls the list; `records` where nothing is said. */
  field: z
    .string()
    .max(200)
    .optional()
    .meta({ field: { kind: 'text', help: true, placeholder: 'records' } }),
});

export type BatchConfig = z.infer<typeof config>;

/** Records that wait for the next page, and how many batches went before: batch keys go on counting over pages. */
const carrySchema = z.object({ count: z.number(), rest: z.array(jsonSchema) });

/** Gathers records into batches `{ records: […] }`, or under a name of one's own, so that a system is called once for many. */
export const batch = defineNode<BatchConfig, Path>({
  kind: 'batch',
  version: 1,
  group: 'transform',
  icon: 'package',
  config,
  initial: () => ({ size: 100 }),
  ports: () => ({ inputs: [{ id: 'in', type: 'record' }], outputs: [{ id: 'out', type: 'batch' }] }),
  summary: ({ size }) => ({ key: 'size', params: { count: size } }),
  check({ size, field = '' }, scope) {
    const fits = Number.isInteger(size) && size >= BATCH_SIZE.min && size <= BATCH_SIZE.max;
    const problems = fits ? [] : [errorIn(scope, 'batch_size_range', { field: 'size', params: BATCH_SIZE })];
    return field.trim() === '' ? problems : [...problems, ...checkTargetField(scope, 'field', field)];
  },
  prepare: ({ field = '' }) => parsePath(field.trim() === '' ? 'records' : field.trim()) ?? ['records'],
  effect: 'none',
  barrier: true,
  carries: true,
  execute({ config: { size }, prepared, records, page }) {
    const { count, rest } = page.carry === undefined ? { count: 0, rest: [] } : carrySchema.parse(page.carry);
    const all = rest.length === 0 ? records.map(({ data }) => data) : [...rest, ...records.map(({ data }) => data)];
    const out: DataRecord[] = [];
    let at = 0;
    // A batch that is not full waits for the next page; the last page empties what is left.
    for (; all.length - at >= size || (page.last && at < all.length); at += size) {
      out.push({ key: `b${count + out.length}`, data: withValue({}, prepared, all.slice(at, at + size)) });
    }
    const output = { outputs: { out }, failures: [] };
    return page.last ? output : { ...output, carry: { count: count + out.length, rest: all.slice(at) } };
  },
});
