import { z } from 'zod';
import { textOf, type Json } from '../flow/json.ts';
import { getPath, parsePath, type Path } from '../flow/path.ts';
import type { Problem } from '../flow/problem.ts';
import { checkPath, errorIn } from './checks.ts';
import { defineNode, type NodeCheckScope } from './node-kind.ts';
import type { DataRecord, RecordFailure, StepOutput } from './step.ts';
import { checkTargetField, withValue } from './target-field.ts';

const config = z.strictObject({
  table: z.string().max(200).meta({ field: { kind: 'lookupTable', help: true } }),
  keyPath: z.string().max(500).meta({ field: { kind: 'path', help: true, placeholder: 'country' } }),
  /** One column of the row; empty: the whole row. */
  column: z
    .string()
    .max(500)
    .optional()
    .meta({ field: { kind: 'lookupColumn', help: true, placeholder: 'warehouse' } }),
  field: z.string().max(200).meta({ field: { kind: 'path', help: true, placeholder: 'warehouse' } }),
  onMissing: z.enum(['fail', 'null', 'skip', 'default']).meta({ field: { kind: 'select', help: true } }),
  default: z
    .string()
    .max(1_000)
    .optional()
    .meta({ field: { kind: 'text', when: { field: 'onMissing', is: ['default'] }, placeholder: 'WH-1' } }),
});

export type LookupTableConfig = z.infer<typeof config>;
interface PreparedLookup {
  key: Path;
  column: Path;
  field: Path;
}

/** Adds to each record what a table of the retailer says about one of its values. */
export const lookupTable = defineNode<LookupTableConfig, PreparedLookup>({
  kind: 'lookup-table',
  version: 1,
  group: 'data',
  icon: 'table',
  config,
  initial: () => ({ table: '', keyPath: '', field: '', onMissing: 'fail' }),
  ports: () => ({ inputs: [{ id: 'in', type: 'record' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary: ({ table, keyPath }) => (table === '' ? { key: 'empty' } : { key: 'lookup', params: { table, path: keyPath } }),
  check,
  prepare: ({ keyPath, column = '', field }) => ({
    key: parsePath(keyPath) ?? [],
    column: parsePath(column.trim()) ?? [],
    field: parsePath(field.trim()) ?? [],
  }),
  effect: 'state',
  async execute({ config: given, prepared, records, ports }) {
    const keys = records.map(({ data }) => textOf(getPath(data, prepared.key)));
    const asked = [...new Set(keys.filter((key) => key !== ''))];
    const { found, rows } = await ports.state.lookup({ table: given.table, keys: asked });
    if (!found) {
      const params = { table: given.table };
      return { outputs: {}, failures: records.map((record) => ({ record, class: 'bug', code: 'lookup_table_missing', message: given.table, params })) };
    }
    const byKey = new Map(asked.map((key, index) => [key, rows[index] ?? null]));
    const output: StepOutput = { outputs: { out: [] }, failures: [] };
    records.forEach((record, index) => {
      const key = keys[index] ?? '';
      const row = byKey.get(key) ?? null;
      const value = row === null ? null : (getPath(row, prepared.column) ?? null);
      const next = value === null ? missed(record, { config: given, key, field: prepared.field }) : filled(record, prepared.field, value);
      if ('class' in next) output.failures.push(next);
      else output.outputs['out']?.push(next);
    });
    return output;
  },
});

function check({ table, keyPath, column = '', field }: LookupTableConfig, scope: NodeCheckScope): Problem[] {
  const problems: Problem[] = [];
  if (table.trim() === '') problems.push(errorIn(scope, 'lookup_table_empty', { field: 'table' }));
  else if (scope.lookupTables !== undefined && !scope.lookupTables.includes(table)) {
    problems.push(errorIn(scope, 'lookup_table_unknown', { field: 'table', params: { table } }));
  }
  problems.push(...checkPath(scope, 'keyPath', keyPath));
  if (parsePath(column.trim()) === null) problems.push(errorIn(scope, 'path_invalid', { field: 'column', params: { path: column } }));
  return [...problems, ...checkTargetField(scope, 'field', field)];
}

interface Miss {
  config: LookupTableConfig;
  key: string;
  field: Path;
}

function missed(record: DataRecord, { config: { table, onMissing, default: fallback = '' }, key, field }: Miss): DataRecord | RecordFailure {
  switch (onMissing) {
    case 'fail':
      return { record, class: 'data', code: 'lookup_missed', message: `${table}: ${key}`, params: { table, key } };
    case 'skip':
      return record;
    case 'null':
      return filled(record, field, null);
    case 'default':
      return filled(record, field, fallback);
  }
}

function filled(record: DataRecord, field: Path, value: Json): DataRecord {
  return { key: record.key, data: withValue(record.data, field, value) };
}
