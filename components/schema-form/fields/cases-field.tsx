'use client';

import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { newId } from '#engine/flow/document.ts';
import { isRecord, textOf, type Json } from '#engine/flow/json.ts';
import type { RuleSet } from '#engine/mapping/rule-set.ts';
import { FieldGroup } from '../field-group.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { RulesEditor } from '../rules-editor.tsx';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';
import { readRuleSet, ruleSetJson } from './rules-field.tsx';

interface BranchCase {
  id: string;
  label: string;
  rules: RuleSet;
}

/** The cases of a branch: the first that fits takes the record, so their order counts. */
export function CasesField({ field, path, value, onChange }: FormFieldProps) {
  const t = useTranslations('forms.cases');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  const cases = readCases(value);
  const write = (next: readonly BranchCase[]) => onChange(next.map(({ id, label: name, rules }) => ({ id, label: name, rules: ruleSetJson(rules) })));
  const move = (index: number, step: number) => {
    const next = [...cases];
    const [taken] = next.splice(index, 1);
    if (taken !== undefined) next.splice(index + step, 0, taken);
    write(next);
  };
  return (
    <FieldGroup label={label} help={help} error={error}>
      {cases.map((item, index) => (
        <CaseCard
          key={item.id}
          item={item}
          number={index + 1}
          last={index === cases.length - 1}
          path={`${path}.${index}`}
          onChange={(part) => write(cases.map((other, at) => (at === index ? { ...other, ...part } : other)))}
          onMove={(step) => move(index, step)}
          onRemove={() => write(cases.filter((_, at) => at !== index))}
        />
      ))}
      {!readOnly && (
        <Button
          size="sm"
          variant="quiet"
          className="self-start"
          onClick={() =>
            write([
              ...cases,
              { id: newId('case'), label: t('newLabel', { number: cases.length + 1 }), rules: { match: 'all', rules: [{ path: '', operator: 'equals', value: '' }] } },
            ])
          }
        >
          <Plus aria-hidden className="size-3.5" />
          {t('add')}
        </Button>
      )}
    </FieldGroup>
  );
}

interface CaseCardProps {
  item: BranchCase;
  number: number;
  last: boolean;
  path: string;
  onChange: (part: Partial<BranchCase>) => void;
  onMove: (step: number) => void;
  onRemove: () => void;
}

function CaseCard({ item, number, last, path, onChange, onMove, onRemove }: CaseCardProps) {
  const t = useTranslations('forms.cases');
  const { readOnly } = useFormWorld();
  const labelError = useFieldError(`${path}.label`);
  return (
    <div role="group" aria-label={t('case', { number })} className="rounded-md border border-border bg-surface-2 p-2">
      <div className="mb-2 flex items-center gap-0.5">
        <Input
          size="sm"
          readOnly={readOnly}
          aria-label={t('label', { number })}
          aria-invalid={labelError !== undefined ? true : undefined}
          value={item.label}
          onChange={(event) => onChange({ label: event.target.value })}
        />
        {!readOnly && (
          <>
            <IconButton size="sm" label={t('up', { number })} icon={<ArrowUp />} disabled={number === 1} onClick={() => onMove(-1)} />
            <IconButton size="sm" label={t('down', { number })} icon={<ArrowDown />} disabled={last} onClick={() => onMove(1)} />
            <IconButton size="sm" label={t('remove', { number })} icon={<Trash2 />} onClick={onRemove} />
          </>
        )}
      </div>
      {labelError !== undefined && <p className="mb-2 text-xs text-failed">{labelError}</p>}
      <RulesEditor path={`${path}.rules`} value={item.rules} onDone={noop} onChange={(rules) => onChange({ rules })} />
    </div>
  );
}

function noop(): void {
  // The gesture of a case's field ends with the next click elsewhere.
}

function readCases(value: Json | undefined): BranchCase[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((item) => ({ id: textOf(item['id']), label: textOf(item['label']), rules: readRuleSet(item['rules']) }));
}
