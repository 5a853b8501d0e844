'use client';

import { Field } from '#components/ui/field.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { SuggestInput } from '../suggest-input.tsx';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

/** Topics that shops and stores usually tell of; any other may be typed. */
const USUAL = ['order.created', 'order.paid', 'order.cancelled', 'refund.created', 'customer.changed', 'article.changed', 'stock.changed', 'delivery.sent'];

/** The name under which flows tell each other of something. */
export function TopicField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { nodes, readOnly } = useFormWorld();
  const here = nodes.flatMap(({ config }) => (typeof config['topic'] === 'string' && config['topic'] !== '' ? [config['topic']] : []));
  const suggestions = [...new Set([...here, ...USUAL])].filter((topic) => topic !== value);
  return (
    <Field label={label} hint={help} error={error}>
      {(control) => (
        <SuggestInput
          {...control}
          mono
          readOnly={readOnly}
          value={typeof value === 'string' ? value : ''}
          placeholder={field.meta.placeholder}
          suggestions={suggestions.map((topic) => ({ value: topic }))}
          onValueChange={(next) => onChange(next === '' && field.schema.safeParse(undefined).success ? undefined : next)}
          onBlur={onDone}
        />
      )}
    </Field>
  );
}
