'use client';

import { useMutation } from '@tanstack/react-query';
import { CircleCheck, Hand, RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ExceptionListItem } from '#server/views/exception.ts';
import { ResolveDialog } from './resolve-dialog.tsx';

interface SelectionBarProps {
  selected: readonly ExceptionListItem[];
  all: number;
  onAll: (wanted: boolean) => void;
  onDone: () => void;
}

/** As many as one mutation takes. */
const MOST = 500;

/** What can be done with the chosen exceptions together. */
export function SelectionBar({ selected, all, onAll, onDone }: SelectionBarProps) {
  const t = useTranslations('exceptions');
  const trpc = useTrpc();
  const router = useRouter();
  const toast = useToast();
  const errorText = useErrorText();
  const [asking, setAsking] = useState<'retry' | 'resolve' | null>(null);
  const exceptionIds = selected.slice(0, MOST).map((one) => one.id);
  const count = exceptionIds.length;
  const open = selected.some((one) => one.state === 'open');
  const assign = useMutation(
    trpc.exception.assign.mutationOptions({
      onSuccess: (answer, { to }) => {
        toast({ tone: 'success', title: t(to === 'me' ? 'assignedToast' : 'unassignedToast', { count: answer.count }) });
        onDone();
      },
      onError: (error) => toast({ tone: 'failed', title: errorText(error) }),
    }),
  );
  const retry = useMutation(
    trpc.exception.retryMany.mutationOptions({
      onSuccess: ({ total }) => {
        setAsking(null);
        toast({ tone: 'success', title: t('retryStarted', { count: total }), action: { label: t('retryWatch'), onSelect: () => router.push('/replays') } });
        onDone();
      },
    }),
  );
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-t border-border bg-surface px-4 py-1.5 sm:px-6">
      <Checkbox checked={count === 0 ? false : count >= Math.min(all, MOST) ? true : 'indeterminate'} onCheckedChange={onAll} label={count === 0 ? t('selectAll') : t('selected', { count })} />
      {count > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <Button size="sm" busy={assign.isPending} onClick={() => assign.mutate({ exceptionIds, to: 'me' })}>
            <Hand aria-hidden className="size-3.5" />
            {t('assignMe')}
          </Button>
          {selected.some((one) => one.assignedTo !== null) && (
            <Button size="sm" variant="quiet" onClick={() => assign.mutate({ exceptionIds, to: 'nobody' })}>
              {t('unassign')}
            </Button>
          )}
          {open && (
            <>
              <Button size="sm" onClick={() => setAsking('retry')}>
                <RotateCcw aria-hidden className="size-3.5" />
                {t('retry')}
              </Button>
              <Button size="sm" onClick={() => setAsking('resolve')}>
                <CircleCheck aria-hidden className="size-3.5" />
                {t('resolve')}
              </Button>
            </>
          )}
        </div>
      )}
      <ConfirmDialog
        open={asking === 'retry'}
        onOpenChange={(wanted) => setAsking(wanted ? 'retry' : null)}
        tone="primary"
        title={t('retryTitle', { count })}
        description={t('retryText')}
        confirmLabel={t('retry')}
        busy={retry.isPending}
        error={retry.isError ? errorText(retry.error) : undefined}
        onConfirm={() => retry.mutate({ exceptionIds })}
      />
      {asking === 'resolve' && (
        <ResolveDialog
          exceptionIds={exceptionIds}
          onOpenChange={(wanted) => setAsking(wanted ? 'resolve' : null)}
          onResolved={() => {
            setAsking(null);
            onDone();
          }}
        />
      )}
    </div>
  );
}
