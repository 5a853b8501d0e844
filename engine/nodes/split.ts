import { z } from 'zod';
import { isForbiddenKey } from '../flow/json-scan.ts';
import { getPath, parsePath, type Path } from '../flow/path.ts';
import { withoutPath } from '../flow/without-path.ts';
import { checkPath, errorIn } from './checks.ts';
import { defineNode } from './node-kind.ts';
import type { DataRecord, RecordFailure } from './step.ts';
import { withRest } from './with-rest.ts';

const config = z.strictObject({
  path: z.string().max(500).meta({ field: { kind: 'path', help: true, placeholder: 'line_items' } }),
  /** Field of each part in which the rest of the record stays. */
  keep: z
    .string()
    .max(100)
    .optional()
    .meta({ field: { kind: 'text', help: true, placeholder: 'order' } }),
});

export type SplitConfig = z.infer<typeof config>;

/** Makes one record of each item of a list. */
export const split = defineNode<SplitConfig, Path>({
  kind: 'split',
  version: 1,
  group: 'transform',
  icon: 'ungroup',
  config,
  initial: () => ({ path: '' }),
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary: ({ path }) => ({ key: path === '' ? 'empty' : 'list', params: { path } }),
  check({ path, keep }, scope) {
    const problems = checkPath(scope, 'path', path);
    if (keep !== undefined && isForbiddenKey(keep.trim())) {
      problems.push(errorIn(scope, 'keep_invalid', { field: 'keep', params: { path: keep } }));
    }
    return problems;
  },
  prepare: ({ path }) => parsePath(path) ?? [],
  effect: 'none',
  execute({ config: { path, keep = '' }, prepared, records }) {
    const out: DataRecord[] = [];
    const failures: RecordFailure[] = [];
    for (const record of records) {
      const list = getPath(record.data, prepared);
      if (!Array.isArray(list)) {
        failures.push({ record, class: 'data', code: 'split_not_list', message: `${path} is no list`, params: { path } });
        continue;
      }
      // The list itself is taken out of what is kept, or a record of n parts would grow to n times n.
      const rest = keep.trim() === '' ? null : withoutPath(record.data, prepared);
      list.forEach((item, index) => {
        out.push({ key: `${record.key}.${index}`, data: rest === null ? item : withRest(item, keep.trim(), rest) });
      });
    }
    return { outputs: { out }, failures };
  },
});
