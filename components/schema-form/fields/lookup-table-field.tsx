'use client';

import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Field } from '#components/ui/field.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { LookupState } from '../lookup-state.tsx';
import { SuggestInput } from '../suggest-input.tsx';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** One of the retailer's tables; its columns stand beside its name. */
export function LookupTableField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms.lookupTable');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { tables, failed, retailerId, readOnly } = useFormWorld();
  return (
    <Field
      label={label}
      hint={<LookupState known={tables !== undefined} retry={failed?.tables} empty={tables?.length === 0 ? t('none') : undefined} help={help} />}
      error={error}
      aside={
        <a href={`/retailers/${retailerId}/tables`} target="_blank" rel="noreferrer" aria-label={t('manageAll')} className="inline-flex items-center gap-1 text-accent hover:underline">
          {t('manage')}
          <ExternalLink aria-hidden className="size-3" />
        </a>
      }
    >
      {(control) => (
        <SuggestInput
          {...control}
          readOnly={readOnly}
          value={typeof value === 'string' ? value : ''}
          nothing={t('noTable')}
          placeholder={t('choose')}
          suggestions={(tables ?? []).map(({ name, columns }) => ({ value: name, hint: columns.join(', ') }))}
          onValueChange={onChange}
          onBlur={onDone}
        />
      )}
    </Field>
  );
}
