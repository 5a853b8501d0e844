'use client';

import { WandSparkles } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { stringifyJson } from '#engine/flow/json.ts';
import { inferSchema } from '#engine/nodes/json-schema/infer-schema.ts';
import { CodeEditor } from '../code-editor.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { locateJsonFault } from '../json-fault.ts';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** A JSON Schema as text; a first one can be drawn from the sample that arrives here. */
export function JsonSchemaField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms');
  const { label, help } = useFieldText(field, path);
  const problem = useFieldError(path);
  const { sample, readOnly } = useFormWorld();
  const text = typeof value === 'string' ? value : '';
  const fault = text.trim() === '' ? null : locateJsonFault(text);
  const write = (next: string) => onChange(next === '' && field.schema.safeParse(undefined).success ? undefined : next);
  return (
    <Field
      label={label}
      hint={help}
      error={fault === null ? problem : t(`json.fault.${fault.code}`, { line: fault.line, column: fault.column })}
      aside={
        !readOnly && (
          <Button
            variant="quiet"
            size="sm"
            className="-my-1 h-6!"
            disabled={sample === undefined}
            title={sample === undefined ? t('jsonSchema.noSample') : undefined}
            onClick={() => {
              if (sample !== undefined) write(stringifyJson(inferSchema(sample), 2));
              onDone();
            }}
          >
            <WandSparkles aria-hidden className="size-3.5" />
            {t(text.trim() === '' ? 'jsonSchema.infer' : 'jsonSchema.replace')}
          </Button>
        )
      }
    >
      {(control) => <CodeEditor {...control} rows={12} readOnly={readOnly} errorLine={fault?.line} value={text} onValueChange={write} onBlur={onDone} />}
    </Field>
  );
}
