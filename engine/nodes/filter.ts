import { z } from 'zod';
import { compileRules, type Predicate } from '../mapping/rules.ts';
import { ruleSetSchema } from '../mapping/rule-set.ts';
import { checkRuleSet } from './check-rule-set.ts';
import { defineNode } from './node-kind.ts';

const config = z.strictObject({ rules: ruleSetSchema.meta({ field: { kind: 'rules', help: true } }) });

export type FilterConfig = z.infer<typeof config>;

/** Lets the records go on that fit the rules; the others end here and are counted. */
export const filter = defineNode<FilterConfig, Predicate>({
  kind: 'filter',
  version: 1,
  group: 'logic',
  icon: 'filter',
  config,
  initial: () => ({ rules: { match: 'all', rules: [{ path: '', operator: 'equals', value: '' }] } }),
  ports: () => ({ inputs: [{ id: 'in', type: 'record' }], outputs: [{ id: 'kept', type: 'record' }] }),
  summary: ({ rules }) => ({ key: 'rules', params: { count: rules.rules.length, match: rules.match } }),
  check: ({ rules }, scope) => checkRuleSet(rules, scope, 'rules'),
  prepare: ({ rules }) => compileRules(rules),
  passThrough: true,
  effect: 'none',
  execute: ({ prepared, records }) => ({
    outputs: { kept: records.filter(({ data }) => prepared(data)) },
    failures: [],
  }),
});
