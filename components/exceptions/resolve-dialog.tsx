'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ExceptionReason } from '#server/views/exception.ts';

const REASONS = ['fixed_elsewhere', 'not_needed', 'duplicate', 'other'] as const satisfies readonly ExceptionReason[];

interface ResolveDialogProps {
  exceptionIds: string[];
  onOpenChange: (open: boolean) => void;
  onResolved: () => void;
}

/** Closes exceptions without another attempt, with a reason. */
export function ResolveDialog({ exceptionIds, onOpenChange, onResolved }: ResolveDialogProps) {
  const t = useTranslations('exceptions');
  const trpc = useTrpc();
  const toast = useToast();
  const errorText = useErrorText();
  const [reason, setReason] = useState<ExceptionReason>('fixed_elsewhere');
  const [note, setNote] = useState('');
  const resolve = useMutation(
    trpc.exception.resolve.mutationOptions({
      onSuccess: ({ count }) => {
        toast({ tone: 'success', title: t('resolvedToast', { count }) });
        onResolved();
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      tone="primary"
      title={t('resolveTitle', { count: exceptionIds.length })}
      description={t('resolveText')}
      confirmLabel={t('resolve').replace(/\s*…$/, '')}
      busy={resolve.isPending}
      error={resolve.isError ? errorText(resolve.error) : undefined}
      onConfirm={() => resolve.mutate({ exceptionIds, reason, note: note.trim() })}
    >
      <div className="flex flex-col gap-4">
        <Field label={t('reason')}>
          {({ id, 'aria-describedby': describedBy }) => (
            <Select
              id={id}
              aria-describedby={describedBy}
              value={reason}
              onValueChange={(value) => setReason(REASONS.find((known) => known === value) ?? 'other')}
              options={REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t('note')} hint={t('noteHint')}>
          {(control) => <Textarea {...control} value={note} maxLength={2_000} onChange={(event) => setNote(event.target.value)} />}
        </Field>
      </div>
    </ConfirmDialog>
  );
}
