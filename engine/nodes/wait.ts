import { z } from 'zod';
import { textOf, type Json } from '../flow/json.ts';
import { getPath, parsePath, type Path } from '../flow/path.ts';
import { instantOf } from './instant.ts';
import { checkPath } from './checks.ts';
import { checkDuration, LONGEST_WAIT_MS, readableDuration } from './duration.ts';
import { mapLimited } from './map-limited.ts';
import { defineNode, type Summary } from './node-kind.ts';
import type { DataRecord, RecordFailure, StepOutput, StepPorts } from './step.ts';

export const WAIT_SECONDS = { min: 1, max: LONGEST_WAIT_MS / 1_000 };
const AT_ONCE = 8;

const config = z.strictObject({
  mode: z.enum(['for', 'until']).meta({ field: { kind: 'select', help: true } }),
  seconds: z.number().meta({
    field: { kind: 'duration', help: true, when: { field: 'mode', is: ['for'] }, ...WAIT_SECONDS, unit: 'seconds' },
  }),
  /** Where the record says until when. */
  path: z
    .string()
    .max(500)
    .meta({ field: { kind: 'path', help: true, when: { field: 'mode', is: ['until'] }, placeholder: 'delivery.from' } }),
});

export type WaitConfig = z.infer<typeof config>;

/** Keeps each record for a time, or until a moment the record names. It holds no worker meanwhile. */
export const wait = defineNode<WaitConfig, Path>({
  kind: 'wait',
  version: 1,
  group: 'timing',
  icon: 'hourglass',
  config,
  initial: () => ({ mode: 'for', seconds: 300, path: '' }),
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [{ id: 'out', type: 'any' }] }),
  summary({ mode, seconds, path }): Summary {
    if (mode === 'until') return path === '' ? { key: 'empty' } : { key: 'until', params: { path } };
    const { key: unit, count } = readableDuration(seconds);
    return { key: 'for', params: { unit, count } };
  },
  check: ({ mode, seconds, path }, scope) =>
    mode === 'until' ? checkPath(scope, 'path', path) : checkDuration(scope, { field: 'seconds', value: seconds, ...WAIT_SECONDS }),
  prepare: ({ path }) => parsePath(path) ?? [],
  passThrough: true,
  effect: 'state',
  async execute({ config: given, prepared, records, ports, event }) {
    const now = ports.now();
    const output: StepOutput = { outputs: { out: [] }, failures: [], holds: [] };
    const ends = await mapLimited(records, AT_ONCE, (record) => endOf(record, { config: given, path: prepared, ports, now }));
    let passed = 0;
    records.forEach((record, index) => {
      const end = ends[index];
      if (typeof end === 'object') output.failures.push(end);
      else if (end === undefined || end <= now || event.test) {
        output.outputs['out']?.push(record);
        if (end !== undefined && end > now) passed += 1;
      } else output.holds?.push({ record, reason: 'wait', until: end });
    });
    if (passed > 0) output.logs = [`test: not waited, records: ${passed}`];
    return output;
  },
});

interface Waiting {
  config: WaitConfig;
  path: Path;
  ports: StepPorts;
  now: number;
}

/** Epoch milliseconds at which the record goes on. */
async function endOf(record: DataRecord, { config: { mode, seconds, path: written }, path, ports, now }: Waiting): Promise<number | RecordFailure> {
  if (mode === 'for') {
    const begun = await ports.state.remember(record.key, now);
    return Number(begun) + seconds * 1_000;
  }
  const value: Json | undefined = getPath(record.data, path);
  const end = instantOf(value);
  const params = { path: written, value: textOf(value).slice(0, 100) };
  if (end === null) return { record, class: 'data', code: 'wait_no_instant', message: `${written} is no moment`, params };
  // Measured from the first look, so that a record that was let in is not refused later.
  const begun = Number(await ports.state.remember(record.key, now));
  if (end - begun > LONGEST_WAIT_MS) return { record, class: 'data', code: 'wait_too_long', message: `until ${textOf(value)}`, params };
  return end;
}
