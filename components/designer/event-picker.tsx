'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc, useTrpcClient } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { prettyText } from './json-details.tsx';
import { useDesignerStore } from './use-designer.ts';

/** Takes the body of a real event of the past as sample. */
export function EventPicker({ flowId, nodeId }: { flowId: string; nodeId: string }) {
  const t = useTranslations('designer.test');
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="quiet" size="sm" className="-my-1.5 h-6" onClick={() => setOpen(true)}>
        <History aria-hidden className="size-3.5" />
        {t('pastEvent')}
      </Button>
      {open && <EventDialog flowId={flowId} nodeId={nodeId} onClose={() => setOpen(false)} />}
    </>
  );
}

function EventDialog({ flowId, nodeId, onClose }: { flowId: string; nodeId: string; onClose: () => void }) {
  const t = useTranslations('designer.test');
  const common = useTranslations('common');
  const format = useFormatter();
  const errorText = useErrorText();
  const store = useDesignerStore();
  const trpc = useTrpc();
  const client = useTrpcClient();
  const query = useQuery({ ...trpc.event.list.queryOptions({ flowId, nodeId, limit: 50 }), staleTime: 0 });
  const take = useMutation({
    mutationFn: (eventId: string) => client.event.get.query({ eventId }),
    onSuccess: (event) => {
      store.setState({ pastSample: { eventId: event.id, bodyText: prettyText(event.bodyText), receivedAt: event.receivedAt } });
      onClose();
    },
  });
  const error = query.error ?? take.error;
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={t('pastEvent')}
      description={t('pastEventText')}
      footer={<Button onClick={onClose}>{common('close')}</Button>}
    >
      {query.isPending && <Spinner label={t('loadingEvents')} />}
      {error !== null && (
        <p role="alert" className="text-sm text-failed">
          {errorText(error)}
        </p>
      )}
      {query.data?.length === 0 && <p className="py-4 text-sm text-text-muted">{t('noEvents')}</p>}
      <ul className="-mx-2 divide-y divide-border">
        {query.data?.map((event, index) => (
          <li key={event.id}>
            <button
              type="button"
              autoFocus={index === 0}
              disabled={take.isPending}
              className="flex w-full flex-col gap-0.5 rounded-md px-2 py-2 text-left hover:bg-surface-2"
              onClick={() => take.mutate(event.id)}
            >
              <span className="flex w-full items-baseline gap-2 text-xs">
                <time dateTime={event.receivedAt} className="font-medium">
                  {format.dateTime(new Date(event.receivedAt), 'moment')}
                </time>
                <span className="ml-auto text-text-muted">{t('size', { kb: event.size / 1024 })}</span>
              </span>
              <span className="w-full truncate font-mono text-2xs text-text-muted">{event.preview}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
