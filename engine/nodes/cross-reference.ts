import { z } from 'zod';
import { textOf } from '../flow/json.ts';
import { getPath, parsePath, type Path } from '../flow/path.ts';
import type { Problem } from '../flow/problem.ts';
import { checkPath, errorIn } from './checks.ts';
import { defineNode, type NodeCheckScope } from './node-kind.ts';
import type { DataRecord, RecordFailure, StepInput, StepOutput } from './step.ts';
import { checkTargetField, withValue } from './target-field.ts';

const onlyGet = { field: 'mode', is: ['get'] };
const name = z.string().max(100);
const path = z.string().max(500);

const config = z.strictObject({
  mode: z.enum(['get', 'put']).meta({ field: { kind: 'select', help: true } }),
  entity: name.meta({ field: { kind: 'text', help: true, placeholder: 'customer' } }),
  from: name.meta({ field: { kind: 'text', help: true, placeholder: 'shop' } }),
  to: name.meta({ field: { kind: 'text', help: true, placeholder: 'erp' } }),
  idPath: path.meta({ field: { kind: 'path', help: true, placeholder: 'customer.id' } }),
  /** Get: where the id found is put. */
  field: z
    .string()
    .max(200)
    .meta({ field: { kind: 'path', help: true, when: onlyGet, placeholder: 'customer.erpId' } }),
  /** Put: the id in the other system. */
  otherIdPath: path.meta({ field: { kind: 'path', help: true, when: { field: 'mode', is: ['put'] }, placeholder: 'answer.customerNumber' } }),
  onMissing: z.enum(['fail', 'null', 'skip', 'port']).meta({ field: { kind: 'select', help: true, when: onlyGet } }),
});

export type CrossReferenceConfig = z.infer<typeof config>;
interface PreparedReference {
  id: Path;
  otherId: Path;
  field: Path;
}
type Step = StepInput<CrossReferenceConfig, PreparedReference>;

/** Knows which id here is which id there, in both directions. */
export const crossReference = defineNode<CrossReferenceConfig, PreparedReference>({
  kind: 'cross-reference',
  version: 1,
  group: 'data',
  icon: 'link-2',
  config,
  initial: () => ({ mode: 'get', entity: '', from: '', to: '', idPath: '', field: '', otherIdPath: '', onMissing: 'fail' }),
  ports: ({ mode, onMissing }) => ({
    inputs: [{ id: 'in', type: 'record' }],
    outputs: [
      { id: 'out', type: 'record' },
      ...(mode === 'get' && onMissing === 'port' ? [{ id: 'missing', type: 'record' as const }] : []),
    ],
  }),
  summary: ({ mode, entity, from, to }) => (entity === '' ? { key: 'empty' } : { key: mode, params: { entity, from, to } }),
  check,
  prepare: ({ idPath, otherIdPath, field }) => ({
    id: parsePath(idPath) ?? [],
    otherId: parsePath(otherIdPath) ?? [],
    field: parsePath(field.trim()) ?? [],
  }),
  effect: 'state',
  execute: (step) => (step.config.mode === 'get' ? get(step) : put(step)),
});

async function get({ config: given, prepared, records, ports }: Step): Promise<StepOutput> {
  const { entity, from, to, idPath, onMissing } = given;
  const named = records.map((record) => ({ record, id: textOf(getPath(record.data, prepared.id)) }));
  const entries = named.filter(({ id }) => id !== '').map(({ record, id }) => ({ recordKey: record.key, id }));
  const answers = entries.length === 0 ? [] : await ports.state.xrefGet({ entity, from, to, entries });
  const found = new Map(entries.map(({ recordKey }, index) => [recordKey, answers[index] ?? null]));
  const output: StepOutput = { outputs: { out: [] }, failures: [] };
  for (const { record, id } of named) {
    const other = found.get(record.key) ?? null;
    if (other !== null || onMissing === 'null') {
      output.outputs['out']?.push({ key: record.key, data: withValue(record.data, prepared.field, other) });
    } else if (onMissing === 'skip') output.outputs['out']?.push(record);
    else if (onMissing === 'port') (output.outputs['missing'] ??= []).push(record);
    else if (id === '') output.failures.push(without(record, idPath));
    else output.failures.push({ record, class: 'data', code: 'xref_missed', message: `${entity} ${id}`, params: { entity, id, from, to } });
  }
  return output;
}

async function put({ config: { entity, from, to, idPath, otherIdPath }, prepared, records, ports }: Step): Promise<StepOutput> {
  const output: StepOutput = { outputs: { out: [] }, failures: [] };
  const pairs: { recordKey: string; leftId: string; rightId: string }[] = [];
  for (const record of records) {
    const leftId = textOf(getPath(record.data, prepared.id));
    const rightId = textOf(getPath(record.data, prepared.otherId));
    if (leftId === '') output.failures.push(without(record, idPath));
    else if (rightId === '') output.failures.push(without(record, otherIdPath));
    else {
      pairs.push({ recordKey: record.key, leftId, rightId });
      output.outputs['out']?.push(record);
    }
  }
  if (pairs.length > 0) await ports.state.xrefPut({ entity, left: from, right: to, pairs });
  return output;
}

function without(record: DataRecord, field: string): RecordFailure {
  return { record, class: 'data', code: 'key_missing', message: `${field} is empty`, params: { path: field } };
}

function check({ mode, entity, from, to, idPath, otherIdPath, field }: CrossReferenceConfig, scope: NodeCheckScope): Problem[] {
  const problems: Problem[] = [];
  if (entity.trim() === '') problems.push(errorIn(scope, 'xref_entity_empty', { field: 'entity' }));
  for (const [at, value] of [['from', from], ['to', to]] as const) {
    if (value.trim() === '') problems.push(errorIn(scope, 'xref_system_empty', { field: at }));
  }
  if (from.trim() !== '' && from.trim() === to.trim()) problems.push(errorIn(scope, 'xref_same_system', { field: 'to' }));
  problems.push(...checkPath(scope, 'idPath', idPath));
  return [...problems, ...(mode === 'get' ? checkTargetField(scope, 'field', field) : checkPath(scope, 'otherIdPath', otherIdPath))];
}
