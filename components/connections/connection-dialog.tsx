'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ConnectionView } from '#server/views/connection.ts';
import { ConnectionFields } from './connection-fields.tsx';
import { type ConnectionForm, checkForm, openForm, submission } from './connection-form.ts';
import { LimitFields } from './limit-fields.tsx';
import { checkLimits, type LimitForm, limitsOf, openLimits } from './limit-form.ts';

interface ConnectionDialogProps {
  retailerId: string;
  /** Null makes a new one. */
  connection: ConnectionView | null;
  onOpenChange: (open: boolean) => void;
  /** A new one was made. */
  onCreated?: (connectionId: string) => void;
}

const FORM = 'connection';

/** Creates or changes a connection. Problems appear on the first try to save, then follow the typing. */
export function ConnectionDialog({ retailerId, connection, onOpenChange, onCreated }: ConnectionDialogProps) {
  const t = useTranslations();
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const [form, setForm] = useState<ConnectionForm>(() => openForm(connection));
  const [limits, setLimits] = useState<LimitForm>(() => openLimits(connection));
  const [tried, setTried] = useState(false);
  const problems = checkForm(form, connection);

  async function done() {
    toast({ tone: 'success', title: t('connections.savedToast', { name: form.name.trim() }) });
    onOpenChange(false);
    await queryClient.invalidateQueries({ queryKey: trpc.connection.pathKey() });
  }
  const create = useMutation(
    trpc.connection.create.mutationOptions({
      onSuccess: async ({ id }) => {
        await done();
        onCreated?.(id);
      },
    }),
  );
  const update = useMutation(trpc.connection.update.mutationOptions({ onSuccess: done }));
  const error = create.error ?? update.error;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problems).length + Object.keys(checkLimits(limits)).length > 0) {
      const { currentTarget } = event;
      // After the problems are on the screen.
      requestAnimationFrame(() => currentTarget.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    if (connection === null) create.mutate({ retailerId, ...submission(form), ...limitsOf(limits) });
    else update.mutate({ connectionId: connection.id, ...submission(form), ...limitsOf(limits) });
  }

  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={connection === null ? t('connections.new') : t('connections.editTitle')}
      description={connection === null ? t('connections.newText') : undefined}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{t('common.cancel')}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={create.isPending || update.isPending}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form id={FORM} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {error !== null && (
          <p role="alert" className="rounded-md bg-failed-tint px-3 py-2 text-sm text-failed">
            {errorText(error)}
          </p>
        )}
        <ConnectionFields form={form} stored={connection} onChange={(change) => setForm((before) => ({ ...before, ...change }))} problems={tried ? problems : {}} />
        <LimitFields form={limits} tried={tried} onChange={(change) => setLimits((before) => ({ ...before, ...change }))} />
      </form>
    </Dialog>
  );
}
