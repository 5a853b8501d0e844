'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { isRecord, textOf, type Json } from '#engine/flow/json.ts';
import { FieldGroup } from '../field-group.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { TemplatePreview } from '../template-preview.tsx';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

interface Pair {
  name: string;
  value: string;
}

/** A list of names with values: headers, query. */
export function KeyValuesField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms.keyValues');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  const pairs = readPairs(value);
  const write = (next: readonly Pair[]) => onChange(next.map((pair) => ({ ...pair })));
  const change = (index: number, part: Partial<Pair>) => write(pairs.map((pair, at) => (at === index ? { ...pair, ...part } : pair)));
  return (
    <FieldGroup label={label} help={help} error={error}>
      {pairs.map((pair, index) => (
        // Rows have no identity of their own; they are never reordered.
        <div key={index} className="flex items-start gap-1">
          <Input
            size="sm"
            mono
            readOnly={readOnly}
            aria-label={t('name', { number: index + 1 })}
            placeholder={t('namePlaceholder')}
            className="max-w-2/5"
            value={pair.name}
            onBlur={onDone}
            onChange={(event) => change(index, { name: event.target.value })}
          />
          <RowValue pair={pair} label={t('value', { number: index + 1 })} path={`${path}.${index}`} onBlur={onDone} onChange={(text) => change(index, { value: text })} />
          {!readOnly && <IconButton size="sm" label={t('remove', { number: index + 1 })} icon={<Trash2 />} onClick={() => write(pairs.filter((_, at) => at !== index))} />}
        </div>
      ))}
      {!readOnly && (
        <Button size="sm" variant="quiet" className="self-start" onClick={() => write([...pairs, { name: '', value: '' }])}>
          <Plus aria-hidden className="size-3.5" />
          {t('add')}
        </Button>
      )}
    </FieldGroup>
  );
}

function RowValue(props: { pair: Pair; label: string; path: string; onBlur: () => void; onChange: (text: string) => void }) {
  const t = useTranslations('forms.keyValues');
  const own = useFieldError(props.path);
  const name = useFieldError(`${props.path}.name`);
  const value = useFieldError(`${props.path}.value`);
  const error = own ?? name ?? value;
  const { readOnly } = useFormWorld();
  return (
    <div className="min-w-0 flex-1">
      <Input
        size="sm"
        mono
        readOnly={readOnly}
        aria-label={props.label}
        aria-invalid={error !== undefined ? true : undefined}
        placeholder={t('valuePlaceholder')}
        value={props.pair.value}
        onBlur={props.onBlur}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <TemplatePreview text={props.pair.value} />
      {error !== undefined && <p className="mt-0.5 text-xs text-failed">{error}</p>}
    </div>
  );
}

function readPairs(value: Json | undefined): Pair[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((pair) => ({ name: textOf(pair['name']), value: textOf(pair['value']) }));
}
