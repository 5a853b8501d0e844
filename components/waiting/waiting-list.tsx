'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheckBig } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import type { FlowView } from '#server/views/flow.ts';
import type { WaitingView } from '#server/views/waiting.ts';
import { useWaitingText } from './use-waiting-text.ts';
import { WaitingLink } from './waiting-card.tsx';

const REFRESH_MS = 3_000;
const LIMIT = 100;

/** Events of a flow that were accepted and are not finished, oldest first, each with its reason. */
export function WaitingList({ flow }: { flow: FlowView }) {
  const t = useTranslations('waiting.desk');
  const trpc = useTrpc();
  const waiting = useQuery(trpc.event.waitingList.queryOptions({ flowId: flow.id, limit: LIMIT }, { refetchInterval: REFRESH_MS }));
  if (waiting.isPending) return <ListSkeleton rows={4} />;
  if (waiting.isError) return <QueryFailure error={waiting.error} onRetry={() => void waiting.refetch()} />;
  if (waiting.data.length === 0)
    return (
      <EmptyState icon={<CircleCheckBig />} title={t('noneTitle')}>
        {t('noneText')}
      </EmptyState>
    );
  return (
    <>
      <ul className="divide-y divide-border border-b border-border">
        {waiting.data.map((one) => (
          <WaitingRow key={one.eventId} waiting={one} />
        ))}
      </ul>
      {waiting.data.length === LIMIT && <p className="px-4 py-3 text-xs text-text-muted">{t('limited')}</p>}
    </>
  );
}

function WaitingRow({ waiting }: { waiting: WaitingView }) {
  const t = useTranslations('waiting');
  const format = useFormatter();
  const text = useWaitingText();
  const name = waiting.businessKeys.length > 0 ? waiting.businessKeys.join(' · ') : waiting.orderingKey === null ? null : t('desk.key', { key: waiting.orderingKey });
  const event = t('desk.event', { when: format.dateTime(new Date(waiting.receivedAt), 'second') });
  return (
    <li className="flex flex-col gap-1 px-4 py-3 text-sm">
      <span className="flex flex-wrap items-center justify-between gap-2">
        {waiting.runId === null ? (
          <span className="min-w-0 font-medium break-words">{name ?? event}</span>
        ) : (
          <Link href={`/runs/${waiting.runId}`} className="min-w-0 font-medium break-words underline decoration-border-strong underline-offset-4 hover:decoration-current">
            {name ?? event}
          </Link>
        )}
        <Badge tone={waiting.code === 'running' || waiting.code === 'queue' ? 'changed' : 'waiting'}>{t(`short.${waiting.code}`)}</Badge>
      </span>
      {name !== null && <span className="text-xs text-text-muted">{event}</span>}
      <span>{text(waiting)}</span>
      {waiting.note !== null && waiting.note !== '' && <span className="break-words text-text-muted">{t('note', { note: waiting.note })}</span>}
      <WaitingLink waiting={waiting} runId={waiting.runId} />
    </li>
  );
}
