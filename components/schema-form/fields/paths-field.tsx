'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { textOf } from '#engine/flow/json.ts';
import { FieldGroup } from '../field-group.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { PathInput } from '../path-input.tsx';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** Several fields of the record, which count together. */
export function PathsField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms.paths');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  const paths = Array.isArray(value) ? value.map(textOf) : [];
  return (
    <FieldGroup label={label} help={help} error={error}>
      {paths.map((item, index) => (
        // Rows have no identity of their own; they are never reordered.
        <div key={index} className="flex items-start gap-1">
          <PathRow
            label={t('field', { number: index + 1 })}
            path={`${path}.${index}`}
            placeholder={field.meta.placeholder}
            value={item}
            onDone={onDone}
            onChange={(next) => onChange(paths.with(index, next))}
          />
          {!readOnly && paths.length > 1 && (
            <IconButton size="sm" label={t('remove', { number: index + 1 })} icon={<Trash2 />} onClick={() => onChange(paths.toSpliced(index, 1))} />
          )}
        </div>
      ))}
      {!readOnly && (
        <Button size="sm" variant="quiet" className="self-start" onClick={() => onChange([...paths, ''])}>
          <Plus aria-hidden className="size-3.5" />
          {t('add')}
        </Button>
      )}
    </FieldGroup>
  );
}

interface PathRowProps {
  label: string;
  path: string;
  placeholder: string | undefined;
  value: string;
  onChange: (value: string) => void;
  onDone: () => void;
}

function PathRow({ label, path, placeholder, value, onChange, onDone }: PathRowProps) {
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  return (
    <div className="min-w-0 flex-1">
      <PathInput
        aria-label={label}
        aria-invalid={error !== undefined ? true : undefined}
        placeholder={placeholder}
        readOnly={readOnly}
        value={value}
        onValueChange={onChange}
        onBlur={onDone}
      />
      {error !== undefined && <p className="mt-0.5 text-xs text-failed">{error}</p>}
    </div>
  );
}
