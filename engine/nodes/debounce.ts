import { z } from 'zod';
import type { Path } from '../flow/path.ts';
import { checkDuration, readableDuration } from './duration.ts';
import { mapLimited } from './map-limited.ts';
import { defineNode } from './node-kind.ts';
import { checkKeyPaths, keyOf, keyPathsSchema, prepareKeyPaths, withoutKey } from './record-key.ts';
import type { StepOutput } from './step.ts';

export const DEBOUNCE_SECONDS = { min: 1, max: 86_400 };
const AT_ONCE = 8;

const config = z.strictObject({
  keyPaths: keyPathsSchema.meta({ field: { kind: 'paths', help: true, placeholder: 'sku' } }),
  seconds: z.number().meta({ field: { kind: 'duration', help: true, ...DEBOUNCE_SECONDS, unit: 'seconds' } }),
});

export type DebounceConfig = z.infer<typeof config>;

/** Of many records with the same key in quick succession, only the latest goes on. */
export const debounce = defineNode<DebounceConfig, Path[]>({
  kind: 'debounce',
  version: 1,
  group: 'timing',
  icon: 'timer',
  config,
  initial: () => ({ keyPaths: [''], seconds: 30 }),
  ports: () => ({ inputs: [{ id: 'in', type: 'record' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary({ keyPaths, seconds }) {
    const key = keyPaths.filter((path) => path.trim() !== '').join(', ');
    const { key: unit, count } = readableDuration(seconds);
    return key === '' ? { key: 'empty' } : { key: 'by', params: { key, unit, count } };
  },
  check: ({ keyPaths, seconds }, scope) => [
    ...checkKeyPaths(scope, 'keyPaths', keyPaths),
    ...checkDuration(scope, { field: 'seconds', value: seconds, ...DEBOUNCE_SECONDS }),
  ],
  prepare: ({ keyPaths }) => prepareKeyPaths(keyPaths),
  passThrough: true,
  effect: 'state',
  async execute({ config: { keyPaths, seconds }, prepared, records, ports }) {
    const keys = records.map((record) => keyOf(record.data, prepared));
    const answers = await mapLimited([...records.entries()], AT_ONCE, ([index, { key: recordKey }]) => {
      const key = keys[index] ?? null;
      return key === null ? Promise.resolve(null) : ports.state.coalesce({ recordKey, key, windowMs: seconds * 1_000 });
    });
    const output: StepOutput = { outputs: { out: [] }, failures: [], holds: [] };
    let superseded = 0;
    records.forEach((record, index) => {
      const answer = answers[index] ?? null;
      if (answer === null) output.failures.push(withoutKey(record, keyPaths));
      else if (answer.state === 'hold') output.holds?.push({ record, reason: 'coalesce', until: answer.until, letsOthersPass: true });
      else if (answer.state === 'pass') output.outputs['out']?.push(record);
      else superseded += 1;
    });
    if (superseded > 0) output.logs = [`superseded: ${superseded}`];
    return output;
  },
});
