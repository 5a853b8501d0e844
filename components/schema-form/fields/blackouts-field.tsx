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
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

interface Blackout {
  from: string;
  to: string;
}

/** Times at which a schedule stays silent, on the clock of its own zone. */
export function BlackoutsField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms.blackouts');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  const list = readBlackouts(value);
  const write = (next: readonly Blackout[]) => {
    onChange(next.length === 0 ? undefined : next.map(({ from, to }) => ({ from, to })));
    onDone();
  };
  return (
    <FieldGroup label={label} help={help} error={error}>
      {list.length === 0 && <p className="text-xs text-text-muted">{t('none')}</p>}
      {list.map((item, index) => (
        // Rows have no identity of their own; they are never reordered.
        <BlackoutRow
          key={index}
          item={item}
          number={index + 1}
          path={`${path}.${index}`}
          onChange={(part) => write(list.with(index, { ...item, ...part }))}
          onRemove={() => write(list.toSpliced(index, 1))}
        />
      ))}
      {!readOnly && (
        <Button size="sm" variant="quiet" className="self-start" onClick={() => write([...list, { from: '', to: '' }])}>
          <Plus aria-hidden className="size-3.5" />
          {t('add')}
        </Button>
      )}
    </FieldGroup>
  );
}

interface BlackoutRowProps {
  item: Blackout;
  number: number;
  path: string;
  onChange: (part: Partial<Blackout>) => void;
  onRemove: () => void;
}

function BlackoutRow({ item, number, path, onChange, onRemove }: BlackoutRowProps) {
  const t = useTranslations('forms.blackouts');
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  const end = (name: 'from' | 'to') => (
    <label className="flex min-w-0 items-center gap-2 text-xs text-text-muted">
      <span className="w-8 shrink-0">{t(name)}</span>
      <Input
        size="sm"
        type="datetime-local"
        aria-label={t(`${name}Label`, { number })}
        aria-invalid={error !== undefined ? true : undefined}
        readOnly={readOnly}
        value={item[name]}
        onChange={(event) => onChange({ [name]: event.target.value })}
      />
    </label>
  );
  return (
    <div role="group" aria-label={t('item', { number })} className="flex items-start gap-1 rounded-md border border-border p-1.5">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {end('from')}
        {end('to')}
        {error !== undefined && <p className="text-xs text-failed">{error}</p>}
      </div>
      {!readOnly && <IconButton size="sm" label={t('remove', { number })} icon={<Trash2 />} onClick={onRemove} />}
    </div>
  );
}

function readBlackouts(value: Json | undefined): Blackout[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((item) => ({ from: textOf(item['from']), to: textOf(item['to']) }));
}
