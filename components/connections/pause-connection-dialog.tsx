'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ConnectionView } from '#server/views/connection.ts';

/** Asks why before nothing more goes to a system. */
export function PauseConnectionDialog({ connection, onOpenChange }: { connection: ConnectionView; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('connections.health');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const [note, setNote] = useState('');
  const pause = useMutation(
    trpc.connection.pause.mutationOptions({
      onSuccess: async () => {
        toast({ title: t('paused', { name: connection.name }) });
        onOpenChange(false);
        await queryClient.invalidateQueries({ queryKey: trpc.connection.pathKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      tone="primary"
      title={t('pauseTitle', { name: connection.name })}
      description={t('pauseText')}
      confirmLabel={t('pause').replace(/\s*…$/, '')}
      disabled={note.trim() === ''}
      busy={pause.isPending}
      error={pause.isError ? errorText(pause.error) : undefined}
      onConfirm={() => pause.mutate({ connectionId: connection.id, note: note.trim() })}
    >
      <Field label={t('note')} hint={t('noteHint')} required>
        {(control) => <Input {...control} value={note} maxLength={500} autoFocus onChange={(event) => setNote(event.target.value)} />}
      </Field>
    </ConfirmDialog>
  );
}
