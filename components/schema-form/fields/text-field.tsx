'use client';

import { type ReactNode, useRef } from 'react';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { InsertField } from '../insert-field.tsx';
import { TemplatePreview } from '../template-preview.tsx';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** One line or several; a template offers the sample's fields to insert. */
export function TextField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  const box = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const text = typeof value === 'string' ? value : '';
  const change = (next: string) => onChange(next === '' ? emptyValue(field) : next);
  const template = field.meta.template === true;
  const aside = template && !readOnly ? <InsertField target={box} value={text} onInsert={change} /> : undefined;
  return (
    <Field label={label} hint={template ? <TemplateHint help={help} text={text} /> : help} error={error} aside={aside}>
      {(control) => {
        const shared = {
          ...control,
          ref: box,
          value: text,
          readOnly,
          placeholder: field.meta.placeholder,
          onBlur: onDone,
          mono: template,
          onChange: (event: { target: { value: string } }) => change(event.target.value),
        };
        return field.meta.kind === 'textarea' ? <Textarea rows={4} {...shared} /> : <Input {...shared} />;
      }}
    </Field>
  );
}

function TemplateHint({ help, text }: { help: ReactNode; text: string }) {
  return (
    <>
      {help}
      <TemplatePreview text={text} />
    </>
  );
}

/** What an emptied field means to its schema: left out, null, or the empty text. */
function emptyValue({ schema }: FormFieldProps['field']): string | null | undefined {
  if (schema.safeParse(undefined).success) return undefined;
  return schema.safeParse(null).success ? null : '';
}
