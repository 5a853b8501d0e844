'use client';

import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { LookupState } from '../lookup-state.tsx';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** Another flow of the retailer. */
export function FlowField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms.flow');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { flows, failed, flowId, readOnly } = useFormWorld();
  const chosen = typeof value === 'string' ? value : '';
  const others = (flows ?? []).filter(({ id }) => id !== flowId || id === chosen);
  const gone = chosen !== '' && flows !== undefined && !others.some(({ id }) => id === chosen);
  return (
    <Field
      label={label}
      hint={<LookupState known={flows !== undefined} retry={failed?.flows} empty={others.length === 0 ? t('none') : undefined} help={help} />}
      error={error}
      aside={
        chosen !== '' &&
        !gone && (
          <a href={`/flows/${chosen}`} target="_blank" rel="noreferrer" aria-label={t('openFlow')} className="inline-flex items-center gap-1 text-accent hover:underline">
            {t('open')}
            <ExternalLink aria-hidden className="size-3" />
          </a>
        )
      }
    >
      {(control) => (
        <Select
          {...control}
          disabled={readOnly || (others.length === 0 && !gone)}
          value={chosen === '' ? undefined : chosen}
          placeholder={t('choose')}
          options={[
            ...others.map(({ id, name, state }) => ({ value: id, label: id === flowId ? `${name} ${t('self')}` : name, ...(state === 'draft' && { hint: t('notLive') }) })),
            ...(gone ? [{ value: chosen, label: t('gone') }] : []),
          ]}
          onValueChange={(next) => {
            onChange(next);
            onDone();
          }}
        />
      )}
    </Field>
  );
}
