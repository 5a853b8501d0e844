'use client';

import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { SuggestInput } from '../suggest-input.tsx';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

const COMMON = ['*/5 * * * *', '0 * * * *', '0 6 * * *', '0 6 * * 1-5', '0 0 1 * *'] as const;

/** A schedule in cron's five fields, with usual ones to choose from. */
export function CronField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms.cron');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  return (
    <Field label={label} hint={help} error={error}>
      {(control) => (
        <SuggestInput
          {...control}
          mono
          readOnly={readOnly}
          value={typeof value === 'string' ? value : ''}
          placeholder={field.meta.placeholder}
          suggestions={COMMON.map((cron, index) => ({ value: cron, hint: t(`common.${index}`) }))}
          onValueChange={onChange}
          onBlur={onDone}
        />
      )}
    </Field>
  );
}


/** A time zone by its IANA name, with the present offset beside it. */
export function TimeZoneField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  const format = useFormatter();
  const [zones] = useState(() => Intl.supportedValuesOf('timeZone'));
  const now = useNow({ updateInterval: 60_000 });
  const text = typeof value === 'string' ? value : '';
  if (readOnly) return <Field label={label}>{(control) => <Input {...control} readOnly value={text} />}</Field>;
  return (
    <Field label={label} hint={help} error={error}>
      {(control) => (
        <SuggestInput
          {...control}
          value={text}
          suggestions={zones.map((zone) => ({ value: zone, hint: format.dateTime(now, { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }) }))}
          onValueChange={onChange}
          onBlur={onDone}
        />
      )}
    </Field>
  );
}
