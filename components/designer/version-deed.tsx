'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { readDocText } from '#components/canvas/read-doc-text.ts';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { VersionListItem } from '#server/views/flow.ts';
import { useDesignerContext } from './use-designer.ts';
import { whenSaved } from './when-saved.ts';

interface VersionDeedProps {
  deed: 'restore' | 'activate';
  flowId: string;
  version: VersionListItem;
  onClose: () => void;
  onRestored: () => void;
}

/** Asks, then makes a version the draft again or the one that takes events. */
export function VersionDeed({ deed, flowId, version, onClose, onRestored }: VersionDeedProps) {
  const t = useTranslations('designer.versions');
  const context = useDesignerContext();
  const trpc = useTrpc();
  const queries = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const restore = useMutation(trpc.flow.restore.mutationOptions());
  const activate = useMutation(trpc.flow.activate.mutationOptions());
  const { number } = version;
  const run = useMutation({
    mutationFn: async () => {
      if (deed === 'activate') {
        await activate.mutateAsync({ flowId, versionId: version.id });
        return true;
      }
      if (!(await whenSaved(context))) return false;
      const { save, adopt } = context.store.getState();
      const restored = await restore.mutateAsync({ flowId, versionId: version.id, revision: save.revision });
      const read = readDocText(restored.docText);
      if (read.ok) adopt({ doc: read.doc, revision: restored.revision, savedAt: new Date().toISOString() });
      return read.ok;
    },
    onSuccess: async (done) => {
      if (!done) return;
      toast({ tone: 'success', title: t(deed === 'restore' ? 'restored' : 'activated', { number }) });
      onClose();
      if (deed === 'restore') onRestored();
      await queries.invalidateQueries(trpc.flow.pathFilter());
    },
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      tone="primary"
      title={t(`${deed}Title`, { number })}
      description={t(`${deed}Text`, { number })}
      confirmLabel={t(`${deed}Confirm`, { number })}
      busy={run.isPending}
      error={run.isError ? errorText(run.error) : run.data === false ? t('notSaved') : undefined}
      onConfirm={() => run.mutate()}
    />
  );
}
