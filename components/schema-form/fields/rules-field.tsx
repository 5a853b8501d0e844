'use client';

import { ruleSetSchema, type RuleSet } from '#engine/mapping/rule-set.ts';
import { FieldGroup } from '../field-group.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { RulesEditor } from '../rules-editor.tsx';
import { useFieldText } from '../use-field-text.ts';

/** Conditions on the record. */
export function RulesField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const { label, help } = useFieldText(field, path);
  return (
    <FieldGroup label={label} help={help}>
      <RulesEditor path={path} value={readRuleSet(value)} onDone={onDone} onChange={(next) => onChange(ruleSetJson(next))} />
    </FieldGroup>
  );
}

export function readRuleSet(value: unknown): RuleSet {
  const parsed = ruleSetSchema.safeParse(value);
  return parsed.success ? parsed.data : { match: 'all', rules: [] };
}

/** A rule set as the JSON it is. */
export function ruleSetJson({ match, rules }: RuleSet) {
  return { match, rules: rules.map(({ path, operator, value }) => ({ path, operator, value })) };
}
