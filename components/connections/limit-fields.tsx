'use client';

import { useTranslations } from 'next-intl';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { checkLimits, LIMIT_STYLES, type LimitField, type LimitForm } from './limit-form.ts';

interface LimitFieldsProps {
  form: LimitForm;
  /** Problems are shown after the first try to save. */
  tried: boolean;
  onChange: (change: Partial<LimitForm>) => void;
}

/** What the account behind a connection allows; folded away, for most vendors say it in their answers. */
export function LimitFields({ form, tried, onChange }: LimitFieldsProps) {
  const t = useTranslations('connections');
  const problems = tried ? checkLimits(form) : {};
  const amounts = { none: null, bucket: ['calls', 'perSecond'], window: ['calls', 'seconds'], points: ['points', 'perSecond'] } as const;
  const words = amounts[form.style];
  const number = (field: LimitField, label: string, hint?: string) => (
    <Field label={label} hint={hint} error={problems[field] === undefined ? undefined : t(`problem.${problems[field]}`)}>
      {(control) => <Input {...control} inputMode="decimal" value={form[field]} maxLength={10} onChange={(event) => onChange({ [field]: event.target.value })} />}
    </Field>
  );
  const said = form.style !== 'none' || form.concurrency !== '' || form.drainPerSecond !== '' || form.account !== '';
  return (
    <Disclosure label={t('limits.title')} className="rounded-md border border-border" summaryClassName="w-full! px-3 py-2 text-sm! text-text!" open={said || Object.keys(problems).length > 0 || undefined}>
      <div className="flex flex-col gap-4 border-t border-border p-3">
        <p className="text-xs text-text-muted">{t('limits.hint')}</p>
        {number('concurrency', t('limits.concurrency'), t('limits.concurrencyHint'))}
        <Field label={t('limits.style')}>
          {({ id }) => (
            <Select id={id} value={form.style} onValueChange={(value) => onChange({ style: LIMIT_STYLES.find((style) => style === value) ?? 'none' })} options={LIMIT_STYLES.map((value) => ({ value, label: t(`limits.styles.${value}`) }))} />
          )}
        </Field>
        {words !== null && (
          <div className="grid grid-cols-2 gap-4">
            {number('amount', t(`limits.${words[0]}`))}
            {number('pace', t(`limits.${words[1]}`))}
            {form.style === 'points' && number('perCall', t('limits.perCall'))}
          </div>
        )}
        <Field label={t('limits.account')} hint={t('limits.accountHint')}>
          {(control) => <Input {...control} value={form.account} maxLength={100} onChange={(event) => onChange({ account: event.target.value })} />}
        </Field>
        {number('drainPerSecond', t('limits.drain'), t('limits.drainHint'))}
      </div>
    </Disclosure>
  );
}
