'use client';

import { useTranslations } from 'next-intl';
import { Field } from '#components/ui/field.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { PathInput } from '../path-input.tsx';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** A field of the record. */
export function PathField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly, sample } = useFormWorld();
  return (
    <Field label={label} hint={help ?? (sample === undefined ? t('noSample') : undefined)} error={error}>
      {(control) => (
        <PathInput
          {...control}
          readOnly={readOnly}
          value={typeof value === 'string' ? value : ''}
          placeholder={field.meta.placeholder}
          onValueChange={onChange}
          onBlur={onDone}
        />
      )}
    </Field>
  );
}
