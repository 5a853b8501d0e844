'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { locateJsonFault } from '#components/schema-form/json-fault.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { CheckpointView } from '#server/views/checkpoint.ts';

interface CheckpointDialogProps {
  flowId: string;
  checkpoint: CheckpointView;
  initial: string;
  onClose: () => void;
}

/** Moves a checkpoint by hand, with a reason; the value before stays in the history. */
export function CheckpointDialog({ flowId, checkpoint, initial, onClose }: CheckpointDialogProps) {
  const t = useTranslations('checkpoints');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const [valueText, setValueText] = useState(initial);
  const [note, setNote] = useState('');
  const broken = locateJsonFault(valueText) !== null;
  const name = checkpoint.nodeLabel ?? checkpoint.name.replace(/^var:/, '');
  const set = useMutation(
    trpc.checkpoint.set.mutationOptions({
      onSuccess: async () => {
        toast({ tone: 'success', title: t('saved') });
        onClose();
        await queryClient.invalidateQueries({ queryKey: trpc.checkpoint.pathKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      tone="primary"
      title={t('title', { name })}
      description={t('warn')}
      confirmLabel={t('save', { version: checkpoint.version + 1 })}
      disabled={broken || note.trim() === ''}
      busy={set.isPending}
      error={set.isError ? errorText(set.error) : undefined}
      onConfirm={() => set.mutate({ flowId, name: checkpoint.name, valueText, note: note.trim() })}
    >
      <div className="flex flex-col gap-4">
        <Field label={t('value')} hint={t('valueHint')} error={broken ? t('notJson') : undefined} required>
          {(control) => <Textarea {...control} mono value={valueText} maxLength={20_000} onChange={(event) => setValueText(event.target.value)} />}
        </Field>
        <Field label={t('reason')} hint={t('reasonHint')} required>
          {(control) => <Input {...control} value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} />}
        </Field>
      </div>
    </ConfirmDialog>
  );
}
