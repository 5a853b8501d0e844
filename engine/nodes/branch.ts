import { z } from 'zod';
import type { Problem } from '../flow/problem.ts';
import { compileRules, type Predicate } from '../mapping/rules.ts';
import { ruleSetSchema } from '../mapping/rule-set.ts';
import { errorIn } from './checks.ts';
import { checkRuleSet } from './check-rule-set.ts';
import { defineNode, type NodeCheckScope } from './node-kind.ts';
import type { DataRecord } from './step.ts';

const caseSchema = z.strictObject({
  /** Also the id of the case's port. */
  id: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  label: z.string().max(100),
  rules: ruleSetSchema,
});

const config = z.strictObject({
  cases: z.array(caseSchema).max(50).meta({ field: { kind: 'cases', help: true } }),
  otherwise: z.boolean().meta({ field: { kind: 'toggle', help: true } }),
});

export type BranchConfig = z.infer<typeof config>;
interface PreparedCase {
  port: string;
  fits: Predicate;
}

export const OTHERWISE = 'otherwise';

/** Sends each record through the first case that fits, or through `otherwise`. */
export const branch = defineNode<BranchConfig, PreparedCase[]>({
  kind: 'branch',
  version: 1,
  group: 'logic',
  icon: 'split',
  config,
  initial: () => ({
    cases: [{ id: 'case_1', label: '1', rules: { match: 'all', rules: [{ path: '', operator: 'equals', value: '' }] } }],
    otherwise: true,
  }),
  ports: ({ cases, otherwise }) => ({
    inputs: [{ id: 'in', type: 'record' }],
    outputs: [
      ...cases.map(({ id, label }) => ({ id, label, type: 'record' as const })),
      ...(otherwise ? [{ id: OTHERWISE, type: 'record' as const }] : []),
    ],
  }),
  summary: ({ cases }) => ({ key: 'cases', params: { count: cases.length } }),
  check,
  prepare: ({ cases }) => cases.map(({ id, rules }) => ({ port: id, fits: compileRules(rules) })),
  passThrough: true,
  effect: 'none',
  execute({ config: { otherwise }, prepared, records }) {
    const outputs: Record<string, DataRecord[]> = {};
    for (const record of records) {
      const port = prepared.find(({ fits }) => fits(record.data))?.port ?? (otherwise ? OTHERWISE : null);
      if (port !== null) (outputs[port] ??= []).push(record);
    }
    return { outputs, failures: [] };
  },
});

function check({ cases }: BranchConfig, scope: NodeCheckScope): Problem[] {
  if (cases.length === 0) return [errorIn(scope, 'branch_without_cases', { field: 'cases' })];
  return cases.flatMap(({ id, label, rules }, index) => {
    const field = `cases.${index}`;
    const problems = checkRuleSet(rules, scope, `${field}.rules`);
    const params = { case: label.trim() === '' ? index + 1 : label };
    if (label.trim() === '') problems.push(errorIn(scope, 'case_label_empty', { field: `${field}.label`, params }));
    else if (cases.slice(0, index).some((other) => other.label.trim() === label.trim() || other.id === id)) {
      problems.push(errorIn(scope, 'case_label_duplicate', { field: `${field}.label`, params }));
    }
    const sameRules = JSON.stringify(rules, plainDigits);
    if (cases.slice(0, index).some((other) => JSON.stringify(other.rules, plainDigits) === sameRules)) {
      problems.push(errorIn(scope, 'case_never_reached', { field: `${field}.rules`, params }));
    }
    return problems;
  });
}

function plainDigits(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value;
}
