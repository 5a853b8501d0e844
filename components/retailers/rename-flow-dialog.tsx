'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import type { FlowListItem } from '#server/views/flow.ts';
import { NameForm } from './name-form.tsx';

const FORM = 'rename-flow';

/** A flow's new name. */
export function RenameFlowDialog({ flow, onOpenChange }: { flow: FlowListItem; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations();
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const [name, setName] = useState(flow.name);
  const rename = useMutation(
    trpc.flow.rename.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.flow.pathKey() });
        onOpenChange(false);
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t('flows.renameTitle')}
      size="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common.cancel')}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={rename.isPending} disabled={name.trim() === '' || name.trim() === flow.name}>
            {t('common.rename')}
          </Button>
        </>
      }
    >
      <NameForm id={FORM} value={name} onChange={setName} error={rename.isError ? errorText(rename.error) : undefined} onSubmit={() => rename.mutate({ flowId: flow.id, name: name.trim() })} />
    </Dialog>
  );
}
