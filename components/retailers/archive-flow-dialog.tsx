'use client';

import { useTranslations } from 'next-intl';
import { useDeed } from '#components/shell/use-deed.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import type { FlowListItem } from '#server/views/flow.ts';

/** Asks before a flow leaves the list; says what stops when it is live. */
export function ArchiveFlowDialog({ flow, onOpenChange }: { flow: FlowListItem; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('flows');
  const trpc = useTrpc();
  const archive = useDeed(trpc.flow.archive.mutationOptions(), { stale: trpc.flow.pathKey(), toast: { title: t('archived', { name: flow.name }) }, onDone: () => onOpenChange(false) });
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      title={t('archiveTitle', { name: flow.name })}
      description={flow.state === 'live' ? t('archiveLiveText') : t('archiveText')}
      confirmLabel={t('archive')}
      busy={archive.busy}
      error={archive.error}
      onConfirm={() => archive.mutate({ flowId: flow.id })}
    />
  );
}
