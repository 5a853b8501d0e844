'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { AnswerReason } from '#components/runs/answer-reason.tsx';
import { useFailureText } from '#components/runs/use-failure-text.ts';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useCan, useSession } from '#components/shell/session-context.tsx';
import { readAppError } from '#components/trpc/app-error.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { useEscape } from '#components/ui/use-escape.ts';
import type { ExceptionDetail } from '#server/views/exception.ts';
import { ExceptionHistory } from './exception-history.tsx';
import { RecordEditor } from './record-editor.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { useExceptionName } from './use-exception-name.ts';

const REFRESH_MS = 5_000;

/** One exception: what went wrong with which record, what can be done, and what was done so far. */
export function ExceptionPanel({ exceptionId, onClose }: { exceptionId: string; onClose: () => void }) {
  const t = useTranslations('exceptions');
  const common = useTranslations('common');
  const trpc = useTrpc();
  const exception = useQuery(trpc.exception.get.queryOptions({ exceptionId }, { refetchInterval: REFRESH_MS }));
  const name = useExceptionName();
  useEscape(onClose);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex items-start gap-3 px-4 py-3">
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-semibold break-words">{exception.data === undefined ? t('panel') : name(exception.data)}</h2>
          {exception.data !== undefined && (
            <Badge tone={exception.data.state === 'open' ? 'failed' : 'success'} className="mt-1">
              {t(`state.${exception.data.state}`)}
            </Badge>
          )}
        </div>
        <IconButton label={common('close')} icon={<X />} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-border">
        {exception.isPending && <ListSkeleton rows={5} />}
        {exception.isError &&
          (readAppError(exception.error).code === 'not_found' ? (
            <EmptyState title={t('missing')} />
          ) : (
            <QueryFailure error={exception.error} onRetry={() => void exception.refetch()} />
          ))}
        {exception.data !== undefined && <Loaded exception={exception.data} />}
      </div>
    </div>
  );
}

function Loaded({ exception }: { exception: ExceptionDetail }) {
  const t = useTranslations('exceptions');
  const failureText = useFailureText();
  const session = useSession();
  const canHandle = useCan('exception:handle');
  const canOpenFlow = useCan('flow:edit');
  return (
    <div className="flex flex-col gap-5 p-4">
      <section className="rounded-lg bg-failed-tint px-4 py-3">
        <h3 className="font-semibold text-failed">{failureText(exception)}</h3>
        {exception.message !== '' && exception.code !== 'raised' && <AnswerReason message={exception.message} className="mt-1" />}
      </section>
      {canHandle && <Actions exception={exception} />}
      {!canHandle && <p className="text-sm text-text-muted">{t('viewerHint')}</p>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm">
        <dt className="text-text-muted">{t('where')}</dt>
        <dd className="break-words">
          <Link href={`/runs/${exception.runId}?step=${encodeURIComponent(exception.nodeId)}`} className="font-medium underline decoration-border-strong underline-offset-4 hover:decoration-current">
            {exception.nodeLabel}
          </Link>
        </dd>
        <dt className="text-text-muted">{t('flow')}</dt>
        <dd className="break-words">
          {canOpenFlow ? (
            <Link href={`/flows/${exception.flowId}?node=${encodeURIComponent(exception.nodeId)}`} className="hover:underline">
              {exception.flowName}
            </Link>
          ) : (
            exception.flowName
          )}{' '}
          <span className="text-text-muted">{t('facts.version', { number: exception.versionNumber })}</span>
        </dd>
        {session.retailerId === null && (
          <>
            <dt className="text-text-muted">{t('retailer')}</dt>
            <dd>{exception.retailerName}</dd>
          </>
        )}
        <dt className="text-text-muted">{t('facts.opened')}</dt>
        <dd>
          <TimeAgo at={exception.openedAt} />
        </dd>
        {canHandle && (
          <>
            <dt className="text-text-muted">{t('who')}</dt>
            <dd>{exception.assignedTo === null ? t('nobody') : exception.assignedToName}</dd>
          </>
        )}
      </dl>
      <RecordEditor exception={exception} editable={canHandle && exception.retryable} />
      {canHandle && <ExceptionHistory exception={exception} />}
    </div>
  );
}

function Actions({ exception }: { exception: ExceptionDetail }) {
  const t = useTranslations('exceptions');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const session = useSession();
  const [resolving, setResolving] = useState(false);
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.exception.pathKey() });
  const failed = (error: unknown) => toast({ tone: 'failed', title: errorText(error) });
  const assign = useMutation(trpc.exception.assign.mutationOptions({ onSuccess: refresh, onError: failed }));
  const reopen = useMutation(
    trpc.exception.reopen.mutationOptions({
      onSuccess: async () => {
        toast({ tone: 'success', title: t('reopenedToast') });
        await refresh();
      },
      onError: failed,
    }),
  );
  const retry = useMutation(
    trpc.run.retry.mutationOptions({
      onSuccess: async () => {
        toast({ tone: 'success', title: t('retriedToast') });
        await refresh();
      },
      onError: failed,
    }),
  );
  const mine = exception.assignedTo === session.user.id;
  const why = exception.state === 'open' && !exception.retryable && t.has(`notRetryable.${exception.runState}`) ? t(`notRetryable.${exception.runState}`) : null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {exception.state === 'open' ? (
          <>
            {exception.retryable && (
              <Button busy={retry.isPending} onClick={() => retry.mutate({ runId: exception.runId, mode: 'step' })}>
                {t('retry')}
              </Button>
            )}
            <Button onClick={() => setResolving(true)}>{t('resolve')}</Button>
            <Button variant="quiet" busy={assign.isPending} onClick={() => assign.mutate({ exceptionIds: [exception.id], to: mine ? 'nobody' : 'me' })}>
              {mine ? t('unassign') : t('assignMe')}
            </Button>
          </>
        ) : (
          <Button busy={reopen.isPending} onClick={() => reopen.mutate({ exceptionId: exception.id })}>
            {t('reopen')}
          </Button>
        )}
      </div>
      {why !== null && <p className="text-sm text-text-muted">{why}</p>}
      {resolving && (
        <ResolveDialog
          exceptionIds={[exception.id]}
          onOpenChange={setResolving}
          onResolved={() => {
            setResolving(false);
            void refresh();
          }}
        />
      )}
    </div>
  );
}
