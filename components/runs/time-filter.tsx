'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { fromLocalInput, toLocalInput } from './local-input.ts';
import { isRange, RANGES, type RunFilters } from './run-filters.ts';

interface TimeFilterProps {
  filters: RunFilters;
  onChange: (filters: RunFilters) => void;
}

const CUSTOM = 'custom';

/** A range that moves with the clock, or two fixed moments. */
export function TimeFilter({ filters, onChange }: TimeFilterProps) {
  const t = useTranslations();
  const [open, setOpen] = useState(false);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const fixed = filters.from !== null || filters.to !== null;
  const reversed = from !== '' && to !== '' && from > to;

  function choose(value: string) {
    if (value === CUSTOM) {
      setFrom(toLocalInput(filters.from));
      setTo(toLocalInput(filters.to));
      return setOpen(true);
    }
    onChange({ ...filters, range: isRange(value) ? value : null, from: null, to: null });
  }
  function apply() {
    onChange({ ...filters, range: null, from: fromLocalInput(from), to: fromLocalInput(to) });
    setOpen(false);
  }

  return (
    <>
      <Select
        aria-label={t('runs.time')}
        className="sm:max-w-56 sm:min-w-28 sm:flex-1"
        value={fixed ? CUSTOM : (filters.range ?? '')}
        onValueChange={choose}
        options={[
          { value: '', label: t('runs.anyTime') },
          ...Object.keys(RANGES).map((value) => ({ value, label: t(`runs.range.${value}`) })),
          { value: CUSTOM, label: t('runs.range.custom') },
        ]}
      />
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('runs.range.customTitle')}
        size="sm"
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>
            <Button variant="primary" onClick={apply} disabled={reversed || (from === '' && to === '')}>
              {t('runs.range.apply')}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <Field label={t('runs.range.from')}>{(control) => <Input {...control} type="datetime-local" value={from} onChange={(event) => setFrom(event.target.value)} />}</Field>
          <Field label={t('runs.range.to')} error={reversed ? t('runs.range.reversed') : undefined}>
            {(control) => <Input {...control} type="datetime-local" value={to} onChange={(event) => setTo(event.target.value)} />}
          </Field>
        </div>
      </Dialog>
    </>
  );
}
