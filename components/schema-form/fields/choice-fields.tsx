'use client';

import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { Switch } from '#components/ui/switch.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { FieldSource } from '../field-source.tsx';
import { useFormWorld } from '../form-world.ts';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** One of the values the schema names. */
export function SelectField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const { label, help, optionLabel } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  const source = typeof value === 'string' ? field.meta.sourceOf?.[value] : undefined;
  return (
    <Field label={label} hint={source === undefined ? help : <>{help} <FieldSource url={source} /></>} error={error}>
      {(control) => (
        <Select
          {...control}
          disabled={readOnly}
          value={typeof value === 'string' ? value : field.options[0]}
          options={field.options.map((option) => ({ value: option, label: optionLabel(option) }))}
          onValueChange={(next) => {
            onChange(next);
            onDone();
          }}
        />
      )}
    </Field>
  );
}

/** Yes or no. */
export function ToggleField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const { label, help } = useFieldText(field, path);
  const { readOnly } = useFormWorld();
  return (
    <Switch
      label={label}
      hint={help}
      disabled={readOnly}
      checked={value === true}
      onCheckedChange={(next) => {
        onChange(next);
        onDone();
      }}
    />
  );
}
