'use client';

import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';

interface NameFormProps {
  /** Id that a submit button outside the form points at. */
  id: string;
  value: string;
  onChange: (value: string) => void;
  error?: string;
  onSubmit: () => void;
}

const MAX_LENGTH = 120;

/** One name, submitted by Enter or by the dialog's button. */
export function NameForm({ id, value, onChange, error, onSubmit }: NameFormProps) {
  const t = useTranslations('flows');
  function submit(event: FormEvent) {
    event.preventDefault();
    if (value.trim() !== '') onSubmit();
  }
  return (
    <form id={id} noValidate onSubmit={submit}>
      <Field label={t('name')} hint={t('nameHint')} error={error} required>
        {(control) => <Input {...control} value={value} onChange={(event) => onChange(event.target.value)} maxLength={MAX_LENGTH} autoComplete="off" autoFocus />}
      </Field>
    </form>
  );
}
