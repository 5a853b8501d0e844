'use client';

import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';

interface SecretFieldProps {
  label: string;
  hint?: string;
  /** Null: one is stored and stays. */
  value: string | null;
  /** One is stored, so that replacing can be taken back. */
  stored: boolean;
  onChange: (value: string | null) => void;
  error?: string;
  required?: boolean;
}

/** A secret that can be written but never read back. */
export function SecretField({ label, hint, value, stored, onChange, error, required }: SecretFieldProps) {
  const t = useTranslations('connections');
  return (
    <Field label={label} hint={hint} error={error} required={required}>
      {(control) =>
        value === null ? (
          <div className="flex h-8 items-center justify-between gap-2 rounded-md border border-border bg-surface-2 pr-0.5 pl-2 text-sm pointer-coarse:h-10">
            <span className="flex items-center gap-2 text-text-muted">
              <KeyRound aria-hidden className="size-3.5" />
              {t('secretStored')}
            </span>
            <Button {...control} size="sm" variant="quiet" onClick={() => onChange('')}>
              {t('replace')}
            </Button>
          </div>
        ) : (
          <div className="flex gap-2">
            <Input {...control} type="password" value={value} onChange={(event) => onChange(event.target.value)} autoComplete="new-password" spellCheck={false} mono />
            {stored && (
              <Button variant="quiet" onClick={() => onChange(null)}>
                {t('keepStored')}
              </Button>
            )}
          </div>
        )
      }
    </Field>
  );
}
