'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ConnectionView } from '#server/views/connection.ts';

/** Asks before a connection and its secrets are gone. */
export function RemoveConnectionDialog({ connection, onOpenChange }: { connection: ConnectionView; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('connections');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const remove = useMutation(
    trpc.connection.remove.mutationOptions({
      onSuccess: async () => {
        toast({ title: t('removed', { name: connection.name }) });
        onOpenChange(false);
        await queryClient.invalidateQueries({ queryKey: trpc.connection.pathKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      title={t('removeTitle', { name: connection.name })}
      description={t('removeText')}
      confirmLabel={t('remove')}
      busy={remove.isPending}
      error={remove.isError ? errorText(remove.error) : undefined}
      onConfirm={() => remove.mutate({ connectionId: connection.id })}
    />
  );
}
