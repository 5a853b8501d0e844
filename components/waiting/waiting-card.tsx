'use client';

import { useQuery } from '@tanstack/react-query';
import { Clock } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import type { WaitingView } from '#server/views/waiting.ts';
import { useWaitingText } from './use-waiting-text.ts';

const REFRESH_MS = 3_000;

/** Why a run is not finished, and the way to what it waits for. Nothing when it is being worked on. */
export function WaitingCard({ runId }: { runId: string }) {
  const trpc = useTrpc();
  const waiting = useQuery(trpc.event.waiting.queryOptions({ runId }, { refetchInterval: REFRESH_MS }));
  if (waiting.data === undefined || waiting.data === null || waiting.data.code === 'running') return null;
  return <Told waiting={waiting.data} runId={runId} />;
}

function Told({ waiting, runId }: { waiting: WaitingView; runId: string }) {
  const t = useTranslations('waiting');
  const format = useFormatter();
  const now = useNow({ updateInterval: 10_000 });
  const text = useWaitingText();
  return (
    <section aria-label={t('title')} className="mx-4 mb-4 rounded-lg bg-waiting-tint px-4 py-3 sm:mx-6">
      <h2 className="flex items-center gap-2 font-semibold text-waiting">
        <Clock aria-hidden className="size-4 shrink-0" />
        {t('title')}
      </h2>
      <p className="mt-1">{text(waiting)}</p>
      {waiting.note !== null && waiting.note !== '' && <p className="mt-1 text-sm break-words text-text-muted">{t('note', { note: waiting.note })}</p>}
      <p className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-text-muted">
        <span>{t('since', { when: format.relativeTime(new Date(waiting.since), now) })}</span>
        {(waiting.code === 'queue' || waiting.code === 'no_worker' || waiting.code === 'ordering') && <span>{t('position', { count: waiting.position })}</span>}
        <WaitingLink waiting={waiting} runId={runId} />
      </p>
    </section>
  );
}

/** The way to what an event waits for, where this person may go. */
export function WaitingLink({ waiting, runId }: { waiting: WaitingView; runId: string | null }) {
  const t = useTranslations('waiting');
  const canDecide = useCan('approval:decide');
  const look = 'font-medium text-text underline decoration-border-strong underline-offset-4 hover:decoration-current';
  if (waiting.ref?.kind === 'run' && waiting.ref.id !== runId)
    return (
      <Link href={`/runs/${waiting.ref.id}`} className={look}>
        {t('toRun')}
      </Link>
    );
  if (waiting.code === 'approval' && canDecide)
    return (
      <Link href={waiting.ref === null ? '/approvals' : `/approvals?open=${waiting.ref.id}`} className={look}>
        {t('toApproval')}
      </Link>
    );
  return null;
}
