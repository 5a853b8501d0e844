'use client';

import { useTranslations } from 'next-intl';
import { CodeEditor } from '../code-editor.tsx';
import { Field } from '#components/ui/field.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { locateJsonFault } from '../json-fault.ts';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** JavaScript or a formula of a consultant. */
export function CodeField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  return (
    <Field label={label} hint={help} error={error}>
      {(control) => (
        <CodeEditor {...control} rows={field.meta.kind === 'formula' ? 5 : 16} readOnly={readOnly} value={typeof value === 'string' ? value : ''} onValueChange={onChange} onBlur={onDone} />
      )}
    </Field>
  );
}

/** JSON as text, such as a pasted sample; a fault is named with its line and column. */
export function JsonField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms.json');
  const { label, help } = useFieldText(field, path);
  const { readOnly } = useFormWorld();
  const text = typeof value === 'string' ? value : '';
  const fault = text.trim() === '' ? null : locateJsonFault(text);
  return (
    <Field label={label} hint={help} error={fault === null ? undefined : t(`fault.${fault.code}`, { line: fault.line, column: fault.column })}>
      {(control) => (
        <CodeEditor
          {...control}
          rows={10}
          readOnly={readOnly}
          errorLine={fault?.line}
          value={text}
          onValueChange={(next) => onChange(next === '' ? undefined : next)}
          onBlur={onDone}
        />
      )}
    </Field>
  );
}
