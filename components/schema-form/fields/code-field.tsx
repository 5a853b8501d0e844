'use client';

import { useTranslations } from 'next-intl';
import { CodeEditor } from '../code-editor.tsx';
import { Field } from '#components/ui/field.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { FormulaResult } from '../formula-result.tsx';
import { useFormWorld } from '../form-world.ts';
import { locateJsonFault } from '../json-fault.ts';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** JavaScript or a formula of a consultant. */
export function CodeField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly, sample } = useFormWorld();
  const text = typeof value === 'string' ? value : '';
  return (
    <Field label={label} hint={help} error={error}>
      {(control) => (
        <div className="flex min-w-0 flex-col gap-1.5">
          <CodeEditor {...control} rows={field.meta.kind === 'formula' ? 5 : 16} readOnly={readOnly} value={text} onValueChange={onChange} onBlur={onDone} />
          {field.meta.kind === 'formula' && <FormulaResult expression={text} sample={sample} />}
        </div>
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
