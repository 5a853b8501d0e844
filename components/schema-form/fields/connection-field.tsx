'use client';

import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

const NONE = '';

/** One of the retailer's connections; a new one is made beside, and is here when the person comes back. */
export function ConnectionField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms.connection');
  const states = useTranslations('connections.health');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { connections, retailerId, readOnly } = useFormWorld();
  const chosen = typeof value === 'string' ? value : NONE;
  const gone = chosen !== NONE && !connections.some((connection) => connection.id === chosen);
  return (
    <Field
      label={label}
      hint={help}
      error={error}
      aside={
        <a href={`/retailers/${retailerId}/connections`} target="_blank" rel="noreferrer" className="inline-flex items-center gap-1 text-accent hover:underline" aria-label={t('manageAll')}>
          {t('manage')}
          <ExternalLink aria-hidden className="size-3" />
        </a>
      }
    >
      {(control) => (
        <Select
          {...control}
          disabled={readOnly}
          value={chosen}
          placeholder={t('choose')}
          options={[
            { value: NONE, label: t('none') },
            ...connections.map(({ id, name, baseUrl, health }) => ({ value: id, label: name, hint: health === undefined || health.state === 'ok' ? baseUrl : `${states(`states.${health.state}`)} · ${baseUrl}` })),
            ...(gone ? [{ value: chosen, label: t('gone') }] : []),
          ]}
          onValueChange={(next) => {
            onChange(next === NONE ? null : next);
            onDone();
          }}
        />
      )}
    </Field>
  );
}
