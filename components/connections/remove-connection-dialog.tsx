'use client';

import { useTranslations } from 'next-intl';
import { useDeed } from '#components/shell/use-deed.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import type { ConnectionView } from '#server/views/connection.ts';

/** Asks before a connection and its secrets are gone. */
export function RemoveConnectionDialog({ connection, onOpenChange }: { connection: ConnectionView; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('connections');
  const trpc = useTrpc();
  const remove = useDeed(trpc.connection.remove.mutationOptions(), { stale: trpc.connection.pathKey(), toast: { title: t('removed', { name: connection.name }) }, onDone: () => onOpenChange(false) });
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      title={t('removeTitle', { name: connection.name })}
      description={t('removeText')}
      confirmLabel={t('remove')}
      busy={remove.busy}
      error={remove.error}
      onConfirm={() => remove.mutate({ connectionId: connection.id })}
    />
  );
}
