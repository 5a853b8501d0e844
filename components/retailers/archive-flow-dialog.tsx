'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { FlowListItem } from '#server/views/flow.ts';

/** Asks before a flow leaves the list; says what stops when it is live. */
export function ArchiveFlowDialog({ flow, onOpenChange }: { flow: FlowListItem; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('flows');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const archive = useMutation(
    trpc.flow.archive.mutationOptions({
      onSuccess: async () => {
        toast({ title: t('archived', { name: flow.name }) });
        onOpenChange(false);
        await queryClient.invalidateQueries({ queryKey: trpc.flow.pathKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      title={t('archiveTitle', { name: flow.name })}
      description={flow.state === 'live' ? t('archiveLiveText') : t('archiveText')}
      confirmLabel={t('archive')}
      busy={archive.isPending}
      error={archive.isError ? errorText(archive.error) : undefined}
      onConfirm={() => archive.mutate({ flowId: flow.id })}
    />
  );
}
