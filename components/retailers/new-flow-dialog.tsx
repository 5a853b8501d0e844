'use client';

import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { NameForm } from './name-form.tsx';

interface NewFlowDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  retailerId: string;
}

const FORM = 'new-flow';

/** Asks for a name, creates the flow and opens it in the designer. */
export function NewFlowDialog({ open, onOpenChange, retailerId }: NewFlowDialogProps) {
  const t = useTranslations();
  const trpc = useTrpc();
  const router = useRouter();
  const errorText = useErrorText();
  const [name, setName] = useState('');
  const create = useMutation(trpc.flow.create.mutationOptions({ onSuccess: ({ id }) => router.push(`/flows/${id}`) }));
  const busy = create.isPending || create.isSuccess;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('flows.new')}
      description={t('flows.newText')}
      size="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common.cancel')}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={busy} disabled={name.trim() === ''}>
            {t('flows.createAndOpen')}
          </Button>
        </>
      }
    >
      <NameForm id={FORM} value={name} onChange={setName} error={create.isError ? errorText(create.error) : undefined} onSubmit={() => create.mutate({ retailerId, name: name.trim() })} />
    </Dialog>
  );
}
