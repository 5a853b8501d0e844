import { z } from 'zod';
import { parseJson, stringifyJson, type Json } from '../flow/json.ts';
import { getPath, parsePath, type Path } from '../flow/path.ts';
import type { Problem } from '../flow/problem.ts';
import { checkPath, errorIn } from './checks.ts';
import { defineNode, type NodeCheckScope } from './node-kind.ts';
import type { RecordFailure, StepOutput } from './step.ts';
import { checkTargetField, isUnset, withValue } from './target-field.ts';

const config = z.strictObject({
  mode: z.enum(['get', 'set']).meta({ field: { kind: 'select', help: true } }),
  name: z.string().max(60).meta({ field: { kind: 'text', help: true, placeholder: 'last_export' } }),
  field: z
    .string()
    .max(200)
    .meta({ field: { kind: 'path', help: true, when: { field: 'mode', is: ['get'] }, placeholder: 'lastExport' } }),
  /** Get: what it is before it was ever set. */
  initial: z
    .string()
    .max(2_000)
    .optional()
    .meta({ field: { kind: 'text', help: true, when: { field: 'mode', is: ['get'] }, placeholder: '0' } }),
  path: z
    .string()
    .max(500)
    .meta({ field: { kind: 'path', help: true, when: { field: 'mode', is: ['set'] }, placeholder: 'export.number' } }),
});

export type FlowVariableConfig = z.infer<typeof config>;

const NAME = /^[A-Za-z][A-Za-z0-9_.-]*$/;
/** Variables are texts that people may edit; a document has no place there. */
const MAX_TEXT = 10_000;

/** Reads or sets a value that the flow keeps from one run to the next. */
export const flowVariable = defineNode<FlowVariableConfig, { field: Path; path: Path }>({
  kind: 'flow-variable',
  version: 1,
  group: 'data',
  icon: 'variable',
  config,
  initial: () => ({ mode: 'get', name: '', field: '', path: '' }),
  ports: () => ({ inputs: [{ id: 'in', type: 'record' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary: ({ mode, name }) => (name === '' ? { key: 'empty' } : { key: mode, params: { name } }),
  check({ mode, name, field, path }, scope) {
    const problems = checkName(scope, name);
    return [...problems, ...(mode === 'get' ? checkTargetField(scope, 'field', field) : checkPath(scope, 'path', path))];
  },
  prepare: ({ field, path }) => ({ field: parsePath(field.trim()) ?? [], path: parsePath(path) ?? [] }),
  effect: 'state',
  async execute({ config: { mode, name, initial = '', path }, prepared, records, ports }): Promise<StepOutput> {
    if (records.length === 0) return { outputs: {}, failures: [] };
    const checkpoint = `var:${name.trim()}`;
    if (mode === 'get') {
      const value = (await ports.state.readCheckpoint(checkpoint))?.value ?? valueOf(initial);
      return { outputs: { out: records.map(({ key, data }) => ({ key, data: withValue(data, prepared.field, value) })) }, failures: [] };
    }
    const failures: RecordFailure[] = [];
    const out = records.filter((record) => {
      const value = getPath(record.data, prepared.path);
      if (isUnset(record.data, prepared.path)) {
        failures.push({ record, class: 'data', code: 'key_missing', message: `${path} is empty`, params: { path } });
        return false;
      }
      if (stringifyJson(value ?? null).length <= MAX_TEXT) return true;
      failures.push({ record, class: 'data', code: 'variable_too_long', message: `${path} is too long`, params: { path, max: MAX_TEXT } });
      return false;
    });
    const last = out.at(-1);
    // Of several records in a page the last one sets it: that is the order they came in.
    if (last !== undefined) ports.state.writeCheckpoint(checkpoint, getPath(last.data, prepared.path) ?? null);
    return { outputs: { out }, failures };
  },
});

function checkName(scope: NodeCheckScope, name: string): Problem[] {
  if (name.trim() === '') return [errorIn(scope, 'variable_name_empty', { field: 'name' })];
  return NAME.test(name.trim()) ? [] : [errorIn(scope, 'variable_name_invalid', { field: 'name', params: { name } })];
}

/** What a consultant typed as value: `12.50`, `true` and `null` are what they look like, anything else is text. */
function valueOf(text: string): Json {
  if (text === '') return null;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
