'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Select } from '#components/ui/select.tsx';
import { OPERATORS, OPERATORS_WITHOUT_VALUE, type Operator, type Rule, type RuleSet } from '#engine/mapping/rule-set.ts';
import { useFormWorld } from './form-world.ts';
import { JsonInput } from './json-input.tsx';
import { PathInput } from './path-input.tsx';
import type { Suggestion } from './suggest-input.tsx';
import { useFieldError } from './use-field-error.ts';

interface RulesEditorProps {
  value: RuleSet;
  onChange: (value: RuleSet) => void;
  onDone: () => void;
  /** Dotted name of the rule set inside the configuration, for its problems. */
  path: string;
  /** Fields to choose from, where they are not the record's own. */
  suggestions?: readonly Suggestion[];
}

/** Conditions in rows: field, comparison, value; all or any must hold. */
export function RulesEditor({ value, onChange, onDone, path, suggestions }: RulesEditorProps) {
  const t = useTranslations('forms.rules');
  const { readOnly } = useFormWorld();
  const error = useFieldError(path);
  const changeRule = (index: number, part: Partial<Rule>) =>
    onChange({ ...value, rules: value.rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)) });
  return (
    <div className="flex flex-col gap-2">
      {value.rules.length > 1 && (
        <Select
          size="sm"
          className="max-w-56"
          aria-label={t('match')}
          disabled={readOnly}
          value={value.match}
          options={[
            { value: 'all', label: t('all') },
            { value: 'any', label: t('any') },
          ]}
          onValueChange={(match) => onChange({ ...value, match: match === 'any' ? 'any' : 'all' })}
        />
      )}
      {value.rules.map((rule, index) => (
        // Rows have no identity of their own; they are never reordered.
        <RuleRow
          key={index}
          rule={rule}
          number={index + 1}
          path={`${path}.rules.${index}`}
          suggestions={suggestions}
          onDone={onDone}
          onChange={(part) => changeRule(index, part)}
          onRemove={() => onChange({ ...value, rules: value.rules.filter((_, at) => at !== index) })}
        />
      ))}
      {error !== undefined && <p className="text-xs text-failed">{error}</p>}
      {!readOnly && (
        <Button
          size="sm"
          variant="quiet"
          className="self-start"
          onClick={() => onChange({ ...value, rules: [...value.rules, { path: '', operator: 'equals', value: '' }] })}
        >
          <Plus aria-hidden className="size-3.5" />
          {t('add')}
        </Button>
      )}
    </div>
  );
}

interface RuleRowProps {
  rule: Rule;
  number: number;
  path: string;
  suggestions: readonly Suggestion[] | undefined;
  onChange: (part: Partial<Rule>) => void;
  onRemove: () => void;
  onDone: () => void;
}

function RuleRow({ rule, number, path, suggestions, onChange, onRemove, onDone }: RuleRowProps) {
  const t = useTranslations('forms.rules');
  const { readOnly } = useFormWorld();
  const errors = [useFieldError(path), useFieldError(`${path}.path`), useFieldError(`${path}.value`)].filter((text) => text !== undefined);
  return (
    <div role="group" aria-label={t('rule', { number })} className="rounded-md border border-border p-1.5">
      <div className="flex items-center gap-1">
        <PathInput
          aria-label={t('field', { number })}
          placeholder={t('fieldPlaceholder')}
          readOnly={readOnly}
          value={rule.path}
          suggestions={suggestions}
          onValueChange={(next) => onChange({ path: next })}
          onBlur={onDone}
        />
        {!readOnly && <IconButton size="sm" label={t('remove', { number })} icon={<Trash2 />} onClick={onRemove} />}
      </div>
      <div className="mt-1 flex items-center gap-1">
        <Select
          size="sm"
          className="max-w-40 shrink-0"
          aria-label={t('operator', { number })}
          disabled={readOnly}
          value={rule.operator}
          options={OPERATORS.map((operator) => ({ value: operator, label: t(`operators.${operator}`) }))}
          onValueChange={(operator) => onChange({ operator: readOperator(operator) })}
        />
        {!OPERATORS_WITHOUT_VALUE.has(rule.operator) && (
          <JsonInput
            aria-label={t('value', { number })}
            placeholder={t(rule.operator === 'oneOf' ? 'listPlaceholder' : 'valuePlaceholder')}
            readOnly={readOnly}
            value={rule.value}
            onValueChange={(value) => onChange({ value })}
            onBlur={onDone}
          />
        )}
      </div>
      {errors.length > 0 && <p className="mt-1 text-xs text-failed">{errors.join(' ')}</p>}
    </div>
  );
}

function readOperator(value: string): Operator {
  return OPERATORS.find((operator) => operator === value) ?? 'equals';
}
