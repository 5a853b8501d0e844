'use client';

import { useTranslations } from 'next-intl';
import { ReasonDialog } from '#components/shell/reason-dialog.tsx';
import { useDeed } from '#components/shell/use-deed.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import type { ConnectionView } from '#server/views/connection.ts';

/** Asks why before nothing more goes to a system. */
export function PauseConnectionDialog({ connection, onOpenChange }: { connection: ConnectionView; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('connections.health');
  const trpc = useTrpc();
  const pause = useDeed(trpc.connection.pause.mutationOptions(), { stale: trpc.connection.pathKey(), toast: { title: t('paused', { name: connection.name }) }, onDone: () => onOpenChange(false) });
  return (
    <ReasonDialog
      title={t('pauseTitle', { name: connection.name })}
      description={t('pauseText')}
      confirmLabel={t('pause').replace(/\s*…$/, '')}
      label={t('note')}
      hint={t('noteHint')}
      busy={pause.busy}
      error={pause.error}
      onClose={() => onOpenChange(false)}
      onConfirm={(note) => pause.mutate({ connectionId: connection.id, note })}
    />
  );
}
