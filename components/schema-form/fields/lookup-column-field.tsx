'use client';

import { useTranslations } from 'next-intl';
import { Field } from '#components/ui/field.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { LookupState } from '../lookup-state.tsx';
import { SuggestInput } from '../suggest-input.tsx';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** One column of the table chosen above; its columns are offered. */
export function LookupColumnField({ field, path, value, siblings, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms.lookupTable');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { tables, failed, readOnly } = useFormWorld();
  const chosen = siblings['table'];
  const table = tables?.find(({ name }) => name === chosen);
  const empty = typeof chosen !== 'string' || chosen === '' ? t('tableFirst') : table === undefined ? t('tableGone') : undefined;
  return (
    <Field label={label} hint={<LookupState known={tables !== undefined} retry={failed?.tables} empty={empty} help={help} />} error={error}>
      {(control) => (
        <SuggestInput
          {...control}
          mono
          readOnly={readOnly}
          value={typeof value === 'string' ? value : ''}
          placeholder={field.meta.placeholder}
          suggestions={(table?.columns ?? []).map((column) => ({ value: column }))}
          nothing={table === undefined ? undefined : t('noColumn')}
          onValueChange={(next) => onChange(next === '' ? undefined : next)}
          onBlur={onDone}
        />
      )}
    </Field>
  );
}
