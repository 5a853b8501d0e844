import { parsePath } from '../flow/path.ts';
import type { Problem } from '../flow/problem.ts';
import { OPERATORS_WITHOUT_VALUE, type RuleSet } from '../mapping/rule-set.ts';
import { errorIn } from './checks.ts';
import type { NodeCheckScope } from './node-kind.ts';

/** What is wrong with a rule set; rules are counted from 1 in the text. */
export function checkRuleSet({ rules }: RuleSet, scope: NodeCheckScope, field: string): Problem[] {
  if (rules.length === 0) return [errorIn(scope, 'rules_empty', { field })];
  return rules.flatMap(({ path, operator, value }, index) => {
    const at = `${field}.rules.${index}`;
    const params = { rule: index + 1 };
    if (path.trim() === '') return [errorIn(scope, 'rule_path_empty', { field: `${at}.path`, params })];
    if (parsePath(path) === null) {
      return [errorIn(scope, 'rule_path_invalid', { field: `${at}.path`, params: { ...params, path } })];
    }
    const needsValue = !OPERATORS_WITHOUT_VALUE.has(operator);
    return needsValue && (value === '' || value === null)
      ? [errorIn(scope, 'rule_value_missing', { field: `${at}.value`, params })]
      : [];
  });
}
