import { z } from 'zod';
import { parsePath, type Path } from '../flow/path.ts';
import { formulaFault } from '../mapping/formula-fault.ts';
import { MAX_FORMULA } from '../mapping/mapping-schema.ts';
import { CODE_TIMEOUT } from './code.ts';
import { errorIn } from './checks.ts';
import { evaluatePage } from './evaluate-page.ts';
import { defineNode } from './node-kind.ts';
import { checkTargetField, withValue } from './target-field.ts';

const config = z.strictObject({
  expression: z.string().meta({ field: { kind: 'formula', help: true, source: 'https://docs.jsonata.org/overview.html' } }),
  target: z.enum(['replace', 'add']).meta({ field: { kind: 'select', help: true } }),
  field: z
    .string()
    .max(200)
    .optional()
    .meta({ field: { kind: 'path', when: { field: 'target', is: ['add'] }, placeholder: 'total' } }),
  timeoutMs: z
    .number()
    .meta({ field: { kind: 'number', help: true, ...CODE_TIMEOUT, unit: 'milliseconds', advanced: true } }),
});

export type FormulaConfig = z.infer<typeof config>;

/** Calculates something from each record with a JSONata expression, in the sandbox. */
export const formula = defineNode<FormulaConfig, Path>({
  kind: 'formula',
  version: 1,
  group: 'transform',
  icon: 'sigma',
  config,
  initial: () => ({ expression: '', target: 'add', field: '', timeoutMs: 1_000 }),
  ports: () => ({ inputs: [{ id: 'in', type: 'any' }], outputs: [{ id: 'out', type: 'record' }] }),
  summary({ expression }) {
    const [line = ''] = expression.trim().split('\n');
    return line === '' ? { key: 'empty' } : { key: 'expression', params: { expression: line.slice(0, 80) } };
  },
  check({ expression, target, field = '', timeoutMs }, scope) {
    const problems = [];
    if (expression.trim() === '') problems.push(errorIn(scope, 'formula_empty', { field: 'expression' }));
    if (expression.length > MAX_FORMULA) {
      problems.push(errorIn(scope, 'code_too_long', { field: 'expression', params: { max: MAX_FORMULA } }));
    }
    else if (expression.trim() !== '') {
      const fault = formulaFault(expression);
      if (fault !== null) problems.push(errorIn(scope, 'formula_invalid', { field: 'expression', params: { ...fault } }));
    }
    if (target === 'add') problems.push(...checkTargetField(scope, 'field', field));
    if (!(timeoutMs >= CODE_TIMEOUT.min && timeoutMs <= CODE_TIMEOUT.max)) {
      problems.push(errorIn(scope, 'timeout_range', { field: 'timeoutMs', params: CODE_TIMEOUT }));
    }
    return problems;
  },
  prepare: ({ field = '' }) => parsePath(field.trim()) ?? [],
  effect: 'none',
  execute: ({ config: { expression, target, timeoutMs }, prepared, records, ports }) =>
    evaluatePage({
      language: 'jsonata',
      script: expression,
      timeoutMs,
      records,
      ports,
      ...(target === 'add' && {
        apply: ({ key, data }, results) => [{ key, data: withValue(data, prepared, results.length === 1 ? (results[0] ?? null) : results) }],
      }),
    }),
});
