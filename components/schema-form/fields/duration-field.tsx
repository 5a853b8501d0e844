'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import type { FieldMeta } from '#engine/flow/field-meta.ts';
import { FieldGroup } from '../field-group.tsx';
import type { FormFieldProps } from '../field-props.ts';
import { useFormWorld } from '../form-world.ts';
import { useFieldError } from '../use-field-error.ts';
import { useFieldText } from '../use-field-text.ts';

const UNITS = ['seconds', 'minutes', 'hours', 'days'] as const;
type Unit = (typeof UNITS)[number];
const SECONDS: Record<Unit, number> = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };

/** A length of time: a number and the unit it reads best in. Stored in the schema's own unit. */
export function DurationField({ field, path, value, onChange, onDone }: FormFieldProps) {
  const t = useTranslations('forms');
  const { label, help } = useFieldText(field, path);
  const error = useFieldError(path);
  const { readOnly } = useFormWorld();
  const base = baseUnit(field.meta);
  const stored = typeof value === 'number' ? value : 0;
  const units = UNITS.filter((unit) => SECONDS[unit] >= SECONDS[base]);
  const [unit, setUnit] = useState<Unit>(() => bestUnit(stored, base));
  const shown = (stored * SECONDS[base]) / SECONDS[unit];
  const [text, setText] = useState(() => String(shown));
  const [seen, setSeen] = useState(stored);
  if (seen !== stored) {
    setSeen(stored);
    // Undo, or another person: what was typed here means the same already.
    if (Number(text) !== shown) {
      const best = bestUnit(stored, base);
      setUnit(best);
      setText(String((stored * SECONDS[base]) / SECONDS[best]));
    }
  }
  const bad = text.trim() === '' || !Number.isFinite(Number(text));
  const change = (amount: string, next: Unit) => {
    setText(amount);
    setUnit(next);
    if (amount.trim() !== '' && Number.isFinite(Number(amount))) onChange(Math.round((Number(amount) * SECONDS[next]) / SECONDS[base]));
  };
  return (
    <FieldGroup label={label} help={help} error={bad ? t('notANumber') : error}>
      <div className="flex gap-1.5">
        <Input
          inputMode="decimal"
          className="w-24"
          aria-label={t('duration.amount', { label })}
          aria-invalid={bad || error !== undefined ? true : undefined}
          readOnly={readOnly}
          value={text}
          onBlur={onDone}
          onChange={(event) => change(event.target.value, unit)}
        />
        <Select
          className="w-32"
          aria-label={t('duration.unit', { label })}
          disabled={readOnly}
          value={unit}
          options={units.map((name) => ({ value: name, label: t(`duration.${name}`) }))}
          onValueChange={(next) => {
            const chosen = units.find((name) => name === next);
            if (chosen !== undefined) change(text, chosen);
            onDone();
          }}
        />
      </div>
    </FieldGroup>
  );
}

function baseUnit({ unit }: FieldMeta): Unit {
  return unit === 'hours' || unit === 'minutes' ? unit : 'seconds';
}

/** The largest unit in which the time is a whole number. */
function bestUnit(value: number, base: Unit): Unit {
  const seconds = value * SECONDS[base];
  return UNITS.toReversed().find((unit) => seconds >= SECONDS[unit] && seconds % SECONDS[unit] === 0) ?? base;
}
