import { z } from 'zod';
import { isForbiddenKey } from '../flow/json-scan.ts';
import { jsonSchema } from '../flow/json.ts';
import { errorIn } from './checks.ts';
import { defineNode } from './node-kind.ts';
import type { RecordFailure, StepOutput } from './step.ts';

export const COLLECT_MAX = { min: 1, max: 10_000 };

const config = z.strictObject({
  field: z.string().max(100).meta({ field: { kind: 'text', help: true, placeholder: 'records' } }),
  max: z.number().meta({ field: { kind: 'number', help: true, ...COLLECT_MAX, unit: 'records', advanced: true } }),
});

export type CollectConfig = z.infer<typeof config>;

const carrySchema = z.array(jsonSchema);

/** Gathers the records of all pages in one record. What does not fit any more fails, record by record: it is never dropped unseen. */
export const collect = defineNode<CollectConfig>({
  kind: 'collect',
  version: 1,
  group: 'transform',
  icon: 'layers',
  config,
  initial: () => ({ field: 'records', max: 5_000 }),
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary: ({ field }) => ({ key: 'into', params: { field: field.trim() || 'records' } }),
  check({ field, max }, scope) {
    const problems = [];
    if (isForbiddenKey(field.trim())) problems.push(errorIn(scope, 'keep_invalid', { field: 'field', params: { path: field } }));
    if (!(Number.isInteger(max) && max >= COLLECT_MAX.min && max <= COLLECT_MAX.max)) {
      problems.push(errorIn(scope, 'number_range', { field: 'max', params: COLLECT_MAX }));
    }
    return problems;
  },
  effect: 'none',
  barrier: true,
  carries: true,
  execute({ config: { field, max }, records, page }): StepOutput {
    const before = page.carry === undefined ? [] : carrySchema.parse(page.carry);
    const room = Math.max(0, max - before.length);
    const list = [...before, ...records.slice(0, room).map(({ data }) => data)];
    const failures = records
      .slice(room)
      .map((record): RecordFailure => ({ record, class: 'data', code: 'collect_full', message: `more than ${max} records`, params: { max } }));
    if (!page.last) return { outputs: {}, failures, carry: list };
    const data = { [field.trim() || 'records']: list, count: list.length };
    return { outputs: { out: [{ key: 'c0', data }] }, failures };
  },
});
