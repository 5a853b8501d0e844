'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** A number with its unit. Text that is no number stays in the field and is said, and the last number stays in force. */
export function NumberField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  const known = typeof value === 'number' ? String(value) : '';
  const [text, setText] = useState(known);
  const [seen, setSeen] = useState(known);
  if (seen !== known) {
    setSeen(known);
    if (text === '' || Number(text) !== Number(known)) setText(known);
  }
  const empty = text.trim() === '';
  const optional = field.schema.safeParse(undefined).success;
  const bad = empty ? !optional : !Number.isFinite(Number(text));
  const { unit, min, max } = field.meta;
  const range = min !== undefined && max !== undefined ? t('range', { min, max }) : undefined;
  return (
    <Field label={label} hint={help ?? range} error={bad ? t('notANumber') : error} aside={unit === undefined ? undefined : t(`units.${unit}`)}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          readOnly={readOnly}
          value={text}
          className="max-w-40"
          placeholder={field.meta.placeholder}
          onBlur={onDone}
          onChange={(event) => {
            setText(event.target.value);
            const next = Number(event.target.value);
            if (event.target.value.trim() === '') {
              if (optional) onChange(undefined);
            } else if (Number.isFinite(next)) onChange(next);
          }}
        />
      )}
    </Field>
  );
}
