'use client';

import { type ReactNode, useId } from 'react';
import { cn } from './cn.ts';

/** What a control needs to belong to its label, hint and error. Spread it on the control. */
export interface FieldControlProps {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  /** In words; replaces nothing, so that the hint stays readable while correcting. */
  error?: ReactNode;
  required?: boolean;
  /** Small text or control at the right end of the label line. */
  aside?: ReactNode;
  className?: string;
  children: (control: FieldControlProps) => ReactNode;
}

/** Label, control, hint and error, tied together for every reader: `<Field label=…>{(control) => <Input {...control} />}</Field>`. */
export function Field({ label, hint, error, required = false, aside, className, children }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const hasHint = hint !== undefined && hint !== null;
  const hasError = error !== undefined && error !== null && error !== false && error !== '';
  const describedBy = [hasHint && hintId, hasError && errorId].filter(Boolean).join(' ');
  return (
    <div className={cn('flex min-w-0 flex-col gap-1', className)}>
      <div className="flex items-start justify-between gap-2">
        <label htmlFor={id} className="text-xs font-medium text-text">
          {label}
          {required && (
            <span aria-hidden className="ml-0.5 text-failed">
              *
            </span>
          )}
        </label>
        {aside !== undefined && <span className="flex shrink-0 items-center text-xs text-text-muted">{aside}</span>}
      </div>
      {children({
        id,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
        'aria-invalid': hasError ? true : undefined,
        'aria-required': required ? true : undefined,
      })}
      {hasHint && (
        <p id={hintId} className="text-xs text-text-muted">
          {hint}
        </p>
      )}
      {hasError && (
        <p id={errorId} role="alert" className="text-xs text-failed">
          {error}
        </p>
      )}
    </div>
  );
}
