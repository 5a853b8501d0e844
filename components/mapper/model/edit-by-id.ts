import type { Mapping, MappingRule } from '#engine/mapping/mapping-schema.ts';
import { copyRule, moveRule } from '../edit-rules.ts';

/** Changes one rule wherever it lies; levels without it keep their identity, so that what is drawn of them stays. */
export function updateRule(mapping: Mapping, id: string, change: (rule: MappingRule) => MappingRule): Mapping {
  return onLevel(mapping, id, (rules) => rules.map((rule) => (rule.id === id ? change(rule) : rule)));
}

export function removeRuleById(mapping: Mapping, id: string): Mapping {
  return onLevel(mapping, id, (rules) => rules.filter((rule) => rule.id !== id));
}

export function moveRuleById(mapping: Mapping, id: string, step: -1 | 1): Mapping {
  return onLevel(mapping, id, (rules) => moveRule(rules, id, step));
}

export function duplicateRule(mapping: Mapping, id: string): Mapping {
  return onLevel(mapping, id, (rules) => rules.flatMap((rule) => (rule.id === id ? [rule, copyRule(rule)] : [rule])));
}

function onLevel(mapping: Mapping, id: string, change: (rules: readonly MappingRule[]) => MappingRule[]): Mapping {
  const next = walk(mapping.rules, id, change);
  return next === null ? mapping : { rules: next };
}

function walk(rules: readonly MappingRule[], id: string, change: (rules: readonly MappingRule[]) => MappingRule[]): MappingRule[] | null {
  if (rules.some((rule) => rule.id === id)) return change(rules);
  for (const [at, rule] of rules.entries()) {
    if (rule.source.type !== 'forEach') continue;
    const inner = walk(rule.source.rules, id, change);
    if (inner !== null) return rules.with(at, { ...rule, source: { ...rule.source, rules: inner } });
  }
  return null;
}
