import { z } from 'zod';
import { isForbiddenKey } from '../flow/json-scan.ts';
import { textOf } from '../flow/json.ts';
import { getPath, parsePath, type Path } from '../flow/path.ts';
import { checkPath, errorIn } from './checks.ts';
import { hasPagedSourceBefore } from './graph-checks.ts';
import { defineNode } from './node-kind.ts';
import type { DataRecord } from './step.ts';
import { withRest } from './with-rest.ts';

const path = z.string().max(500);

const config = z.strictObject({
  leftKey: path.meta({ field: { kind: 'path', help: true, placeholder: 'sku' } }),
  rightKey: path.meta({ field: { kind: 'path', help: true, placeholder: 'article.number' } }),
  mode: z.enum(['left', 'inner', 'full']).meta({ field: { kind: 'select', help: true } }),
  as: z.string().max(100).meta({ field: { kind: 'text', help: true, placeholder: 'stock' } }),
  matches: z.enum(['each', 'list']).meta({ field: { kind: 'select', help: true, advanced: true } }),
});

export type JoinConfig = z.infer<typeof config>;
interface PreparedJoin {
  left: Path;
  right: Path;
}

/** Brings together records of two streams that have the same key. */
export const join = defineNode<JoinConfig, PreparedJoin>({
  kind: 'join',
  version: 1,
  group: 'logic',
  icon: 'combine',
  config,
  initial: () => ({ leftKey: '', rightKey: '', mode: 'left', as: 'right', matches: 'each' }),
  ports: () => ({
    inputs: [
      { id: 'left', type: 'record' },
      { id: 'right', type: 'record' },
    ],
    outputs: [{ id: 'out', type: 'record' }],
  }),
  summary: ({ leftKey, rightKey, mode }) => (leftKey === '' ? { key: 'empty' } : { key: mode, params: { left: leftKey, right: rightKey } }),
  check({ leftKey, rightKey, mode, as }, scope) {
    const problems = [...checkPath(scope, 'leftKey', leftKey), ...checkPath(scope, 'rightKey', rightKey)];
    if (as.trim() === '') problems.push(errorIn(scope, 'field_name_empty', { field: 'as' }));
    else if (isForbiddenKey(as.trim())) problems.push(errorIn(scope, 'keep_invalid', { field: 'as', params: { path: as } }));
    for (const port of ['left', 'right']) {
      const joined = scope.doc.edges.some(({ to }) => to.node === scope.node.id && to.port === port);
      if (!joined) problems.push(errorIn(scope, port === 'left' ? 'join_without_left' : 'join_without_right'));
    }
    // Whether a record of the right never finds a partner is known only when all pages are there.
    if (mode === 'full' && hasPagedSourceBefore(scope)) problems.push(errorIn(scope, 'join_full_paged', { field: 'mode' }));
    return problems;
  },
  prepare: ({ leftKey, rightKey }) => ({ left: parsePath(leftKey) ?? [], right: parsePath(rightKey) ?? [] }),
  effect: 'none',
  barrier: true,
  repeatsInputs: ['right'],
  execute({ config: { mode, as, matches }, prepared, inputs }) {
    const name = as.trim();
    const partners = new Map<string, DataRecord[]>();
    for (const record of inputs['right'] ?? []) {
      const key = textOf(getPath(record.data, prepared.right));
      const known = key === '' ? undefined : partners.get(key);
      if (known !== undefined) known.push(record);
      else if (key !== '') partners.set(key, [record]);
    }
    const out: DataRecord[] = [];
    const met = new Set<string>();
    for (const record of inputs['left'] ?? []) {
      const key = textOf(getPath(record.data, prepared.left));
      const found = partners.get(key) ?? [];
      if (found.length > 0) met.add(key);
      if (found.length === 0 && mode === 'inner') continue;
      if (found.length === 0) out.push(record);
      else if (matches === 'list') out.push({ key: record.key, data: withRest(record.data, name, found.map(({ data }) => data)) });
      else out.push(...found.map(({ data }, at) => ({ key: at === 0 ? record.key : `${record.key}.j${at}`, data: withRest(record.data, name, data) })));
    }
    if (mode === 'full') {
      for (const { key, data } of inputs['right'] ?? []) {
        if (!met.has(textOf(getPath(data, prepared.right)))) out.push({ key: `${key}.r`, data: { [name]: matches === 'list' ? [data] : data } });
      }
    }
    return { outputs: { out }, failures: [] };
  },
});
