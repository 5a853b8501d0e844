import { z } from 'zod';
import type { Path } from '../flow/path.ts';
import { checkDuration } from './duration.ts';
import { defineNode } from './node-kind.ts';
import { checkKeyPaths, keyOf, keyPathsSchema, prepareKeyPaths, withoutKey } from './record-key.ts';
import type { DataRecord, RecordFailure } from './step.ts';

export const DEDUPE_HOURS = { min: 1, max: 24 * 90 };

const config = z.strictObject({
  keyPaths: keyPathsSchema.meta({ field: { kind: 'paths', help: true, placeholder: 'order.id' } }),
  windowHours: z.number().meta({ field: { kind: 'duration', help: true, ...DEDUPE_HOURS, unit: 'hours' } }),
});

export type DedupeConfig = z.infer<typeof config>;

/** Lets the first record with a key go on; the same key again within the window leaves by another way. */
export const dedupe = defineNode<DedupeConfig, Path[]>({
  kind: 'dedupe',
  version: 1,
  group: 'logic',
  icon: 'copy-minus',
  config,
  initial: () => ({ keyPaths: [''], windowHours: 24 }),
  ports: () => ({
    inputs: [{ id: 'in', type: 'record' }],
    outputs: [
      { id: 'out', type: 'record' },
      { id: 'duplicate', type: 'record' },
    ],
  }),
  summary: ({ keyPaths, windowHours }) => {
    const key = keyPaths.filter((path) => path.trim() !== '').join(', ');
    return key === '' ? { key: 'empty' } : { key: 'by', params: { key, hours: windowHours } };
  },
  check: ({ keyPaths, windowHours }, scope) => [
    ...checkKeyPaths(scope, 'keyPaths', keyPaths),
    ...checkDuration(scope, { field: 'windowHours', value: windowHours, ...DEDUPE_HOURS }),
  ],
  prepare: ({ keyPaths }) => prepareKeyPaths(keyPaths),
  passThrough: true,
  effect: 'state',
  async execute({ config: { keyPaths, windowHours }, prepared, records, ports }) {
    const failures: RecordFailure[] = [];
    const keyed: { record: DataRecord; key: string }[] = [];
    for (const record of records) {
      const key = keyOf(record.data, prepared);
      if (key === null) failures.push(withoutKey(record, keyPaths));
      else keyed.push({ record, key });
    }
    const entries = keyed.map(({ record, key }) => ({ recordKey: record.key, key }));
    const first = entries.length === 0 ? [] : await ports.state.claim({ windowMs: windowHours * 3_600_000, entries });
    const out = keyed.flatMap(({ record }, index) => (first[index] === true ? [record] : []));
    const duplicate = keyed.flatMap(({ record }, index) => (first[index] === true ? [] : [record]));
    return { outputs: { out, duplicate }, failures };
  },
});
