'use client';

import { useTranslations } from 'next-intl';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { findNodeKind } from '#engine/nodes/registry.ts';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** A step of this flow that calls a system, by its name. */
export function CallNodeField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms.callNode');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { nodes, nodeId, readOnly } = useFormWorld();
  const chosen = typeof value === 'string' ? value : '';
  const callers = nodes.filter(({ id, kind }) => {
    const found = findNodeKind(kind);
    return id !== nodeId && found?.effect === 'call' && found.nextPage === undefined && kind !== 'compensate';
  });
  const gone = chosen !== '' && !callers.some(({ id }) => id === chosen);
  return (
    <Field label={label} hint={callers.length === 0 ? t('none') : help} error={error}>
      {(control) => (
        <Select
          {...control}
          disabled={readOnly || (callers.length === 0 && !gone)}
          value={chosen === '' ? undefined : chosen}
          placeholder={t('choose')}
          options={[...callers.map((node) => ({ value: node.id, label: node.label === '' ? node.kind : node.label })), ...(gone ? [{ value: chosen, label: t('gone') }] : [])]}
          onValueChange={(next) => {
            onChange(next);
            onDone();
          }}
        />
      )}
    </Field>
  );
}
