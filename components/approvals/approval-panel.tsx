'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { KeptBody } from '#components/runs/kept-body.tsx';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { readAppError } from '#components/trpc/app-error.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Badge, type Tone } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { useEscape } from '#components/ui/use-escape.ts';
import type { ApprovalState, ApprovalView } from '#server/views/approval.ts';

const TONES: Record<ApprovalState, Tone> = { open: 'waiting', approved: 'success', rejected: 'failed', timeout: 'neutral' };

/** One question with the record behind it, and the answer. */
export function ApprovalPanel({ approvalId, onClose }: { approvalId: string; onClose: () => void }) {
  const t = useTranslations('approvals');
  const common = useTranslations('common');
  const trpc = useTrpc();
  const approval = useQuery(trpc.approval.get.queryOptions({ approvalId }));
  useEscape(onClose);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex items-start gap-3 px-4 py-3">
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-semibold break-words">{approval.data?.title ?? t('panel')}</h2>
          {approval.data !== undefined && (
            <Badge tone={TONES[approval.data.state]} className="mt-1">
              {t(`states.${approval.data.state}`)}
            </Badge>
          )}
        </div>
        <IconButton label={common('close')} icon={<X />} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto border-t border-border p-4">
        {approval.isPending && <ListSkeleton rows={4} />}
        {approval.isError && (readAppError(approval.error).code === 'not_found' ? <EmptyState title={t('missing')} /> : <QueryFailure error={approval.error} onRetry={() => void approval.refetch()} />)}
        {approval.data !== undefined && <Question approval={approval.data} />}
      </div>
    </div>
  );
}

function Question({ approval }: { approval: ApprovalView }) {
  const t = useTranslations('approvals');
  const format = useFormatter();
  const canDecide = useCan('approval:decide');
  return (
    <div className="flex flex-col gap-5">
      {approval.detail !== '' && <p className="break-words whitespace-pre-line">{approval.detail}</p>}
      {approval.state === 'open' && canDecide && <Answer approval={approval} />}
      {approval.note !== '' && <blockquote className="border-l-2 border-border-strong pl-3 text-sm break-words whitespace-pre-line">{approval.note}</blockquote>}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-sm">
        <dt className="text-text-muted">{t('run')}</dt>
        <dd className="break-words">
          <Link href={`/runs/${approval.runId}?step=${encodeURIComponent(approval.nodeId)}`} className="font-medium underline decoration-border-strong underline-offset-4 hover:decoration-current">
            {approval.businessKeys.length === 0 ? approval.flowName : approval.businessKeys.join(' · ')}
          </Link>{' '}
          <span className="text-text-muted">
            {approval.flowName} · {approval.retailerName} · <TimeAgo at={approval.createdAt} />
          </span>
        </dd>
        <dt className="text-text-muted">{t('untilLabel')}</dt>
        <dd>
          {format.dateTime(new Date(approval.timeoutAt), 'minute')}
          {approval.state === 'open' && <span className="block text-xs text-text-muted">{t('timeoutHint')}</span>}
        </dd>
      </dl>
      <section className="flex flex-col gap-2">
        <h3 className="text-sm font-semibold">{t('record')}</h3>
        <KeptBody text={approval.dataText} label={t('record')} openDepth={2} />
      </section>
    </div>
  );
}

function Answer({ approval }: { approval: ApprovalView }) {
  const t = useTranslations('approvals');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const [note, setNote] = useState('');
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.approval.pathKey() });
  const decide = useMutation(
    trpc.approval.decide.mutationOptions({
      onSuccess: async (_answer, { decision }) => {
        toast({ tone: 'success', title: t(decision) });
        await refresh();
      },
      onError: refresh,
    }),
  );
  const say = (decision: 'approved' | 'rejected') => decide.mutate({ approvalId: approval.id, decision, note: note.trim() });
  return (
    <section className="flex flex-col gap-3 rounded-lg bg-surface-2 p-4">
      <Field label={t('note')} hint={t('noteHint')}>
        {(control) => <Textarea {...control} value={note} maxLength={2_000} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      {decide.isError && (
        <p role="alert" className="rounded-md bg-failed-tint px-3 py-2 text-sm text-failed">
          {errorText(decide.error)}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" busy={decide.isPending && decide.variables.decision === 'approved'} disabled={decide.isPending} onClick={() => say('approved')}>
          <Check aria-hidden className="size-4" />
          {t('approve')}
        </Button>
        <Button busy={decide.isPending && decide.variables.decision === 'rejected'} disabled={decide.isPending} onClick={() => say('rejected')}>
          <X aria-hidden className="size-4" />
          {t('reject')}
        </Button>
      </div>
    </section>
  );
}
