'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { XrefView } from '#server/views/table.ts';

interface XrefDialogProps {
  retailerId: string;
  /** Null adds a pair; of one that is there only the ids change. */
  pair: XrefView | null;
  known: { entities: string[]; systems: string[] };
  onClose: () => void;
}

const FORM = 'xref';

/** One pair of ids. */
export function XrefDialog({ retailerId, pair, known, onClose }: XrefDialogProps) {
  const t = useTranslations('dataTables.xref');
  const common = useTranslations('common');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const listId = useId();
  const [form, setForm] = useState({ entity: pair?.entity ?? '', leftSystem: pair?.leftSystem ?? '', leftId: pair?.leftId ?? '', rightSystem: pair?.rightSystem ?? '', rightId: pair?.rightId ?? '' });
  const done = async () => {
    toast({ tone: 'success', title: t(pair === null ? 'added' : 'saved') });
    onClose();
    await queryClient.invalidateQueries({ queryKey: trpc.xref.pathKey() });
  };
  const add = useMutation(trpc.xref.add.mutationOptions({ onSuccess: done }));
  const change = useMutation(trpc.xref.change.mutationOptions({ onSuccess: done }));
  const error = add.error ?? change.error;
  const complete = Object.values(form).every((value) => value.trim() !== '');
  const field = (name: keyof typeof form, label: string, options: { list?: string; fixed?: boolean; mono?: boolean } = {}) => (
    <Field label={label} required>
      {(control) => (
        <Input {...control} mono={options.mono} list={options.list} readOnly={options.fixed} value={form[name]} maxLength={options.mono ? 500 : 100} onChange={(event) => setForm((before) => ({ ...before, [name]: event.target.value }))} />
      )}
    </Field>
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (!complete) return;
    if (pair === null) add.mutate({ retailerId, ...form });
    else change.mutate({ xrefId: pair.id, leftId: form.leftId, rightId: form.rightId });
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(pair === null ? 'addTitle' : 'editTitle')}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={add.isPending || change.isPending} disabled={!complete}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form id={FORM} noValidate onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
        {error !== null && (
          <p role="alert" className="rounded-md bg-failed-tint px-3 py-2 text-sm text-failed sm:col-span-2">
            {errorText(error)}
          </p>
        )}
        <div className="sm:col-span-2">{field('entity', t('entity'), { list: `${listId}-e`, fixed: pair !== null })}</div>
        {field('leftSystem', t('first'), { list: `${listId}-s`, fixed: pair !== null })}
        {field('leftId', t('id'), { mono: true })}
        {field('rightSystem', t('second'), { list: `${listId}-s`, fixed: pair !== null })}
        {field('rightId', t('id'), { mono: true })}
        <datalist id={`${listId}-e`}>{known.entities.map((value) => <option key={value} value={value}>{value}</option>)}</datalist>
        <datalist id={`${listId}-s`}>{known.systems.map((value) => <option key={value} value={value}>{value}</option>)}</datalist>
      </form>
    </Dialog>
  );
}
