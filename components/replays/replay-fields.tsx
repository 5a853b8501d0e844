'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { RATES, type ReplayForm } from './replay-form.ts';
import { RERUN_MODES } from './rerun-modes.ts';

/** Which runs, how, and how fast. */
export function ReplayFields({ form, onChange }: { form: ReplayForm; onChange: (change: Partial<ReplayForm>) => void }) {
  const t = useTranslations('replays');
  const runs = useTranslations('runs');
  const trpc = useTrpc();
  const retailers = useQuery(trpc.retailer.list.queryOptions());
  const flows = useQuery(trpc.flow.list.queryOptions({}));
  const offered = flows.data?.filter((flow) => form.retailerId === '' || flow.retailerId === form.retailerId) ?? [];
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('again.mode')} className="sm:col-span-2">
        {({ id }) => (
          <Select id={id} value={form.mode} onValueChange={(value) => onChange({ mode: RERUN_MODES.find((known) => known === value) ?? 'step' })} options={RERUN_MODES.map((value) => ({ value, label: t(`again.modes.${value}`) }))} />
        )}
      </Field>
      <Field label={t('bulk.retailer')}>
        {({ id }) => (
          <Select id={id} value={form.retailerId} onValueChange={(retailerId) => onChange({ retailerId, flowId: '' })} options={[{ value: '', label: runs('anyRetailer') }, ...(retailers.data ?? []).map(({ id: value, name }) => ({ value, label: name }))]} />
        )}
      </Field>
      <Field label={t('bulk.flow')}>
        {({ id }) => (
          <Select id={id} value={form.flowId} onValueChange={(flowId) => onChange({ flowId })} options={[{ value: '', label: runs('anyFlow') }, ...offered.map((flow) => ({ value: flow.id, label: flow.name, hint: form.retailerId === '' ? flow.retailerName : undefined }))]} />
        )}
      </Field>
      <Field label={t('bulk.from')}>{(control) => <Input {...control} type="datetime-local" value={form.from} onChange={(event) => onChange({ from: event.target.value })} />}</Field>
      <Field label={t('bulk.to')}>{(control) => <Input {...control} type="datetime-local" value={form.to} onChange={(event) => onChange({ to: event.target.value })} />}</Field>
      <Field label={t('bulk.state')}>
        {({ id }) => (
          <Select
            id={id}
            disabled={form.mode === 'step'}
            value={form.mode === 'step' ? 'failed' : form.state}
            onValueChange={(value) => onChange({ state: value === 'failed' || value === 'succeeded' ? value : '' })}
            options={[
              { value: 'failed', label: t('bulk.failed') },
              { value: 'succeeded', label: t('bulk.succeeded') },
              { value: '', label: t('bulk.either') },
            ]}
          />
        )}
      </Field>
      <Field label={t('bulk.code')} hint={t('bulk.codeHint')}>{(control) => <Input {...control} mono value={form.failureCode} maxLength={100} onChange={(event) => onChange({ failureCode: event.target.value })} />}</Field>
      <Field label={t('bulk.search')} hint={t('bulk.searchHint')}>{(control) => <Input {...control} value={form.search} maxLength={200} onChange={(event) => onChange({ search: event.target.value })} />}</Field>
      <Field label={t('bulk.rate')}>
        {({ id }) => <Select id={id} value={String(form.perSecond)} onValueChange={(value) => onChange({ perSecond: Number(value) })} options={RATES.map((rate) => ({ value: String(rate), label: String(rate) }))} />}
      </Field>
      <Field label={t('bulk.note')} hint={t('bulk.noteHint')} className="sm:col-span-2">
        {(control) => <Input {...control} value={form.note} maxLength={500} onChange={(event) => onChange({ note: event.target.value })} />}
      </Field>
    </div>
  );
}
