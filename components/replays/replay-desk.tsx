'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { History, RotateCcw } from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { useDuration } from '#components/i18n/use-duration.ts';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { PageHeader } from '#components/shell/page-header.tsx';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Badge, type Tone } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ReplayState, ReplayView } from '#server/views/replay.ts';
import { NewReplayDialog } from './new-replay-dialog.tsx';
import { useReplayFilterText } from './use-replay-filter-text.ts';

const TONES: Record<ReplayState, Tone> = { running: 'changed', done: 'success', cancelled: 'neutral' };
const BUSY_MS = 1_000;
const CALM_MS = 15_000;

/** Runs that are, or were, run again together: how far they are, how they ended. */
export function ReplayDesk() {
  const t = useTranslations('replays');
  const trpc = useTrpc();
  const [asking, setAsking] = useState(false);
  const replays = useQuery(
    trpc.replay.list.queryOptions(undefined, { refetchInterval: ({ state }) => (state.data?.some((replay) => replay.state === 'running') ? BUSY_MS : CALM_MS) }),
  );
  const start = (
    <Button variant="primary" onClick={() => setAsking(true)}>
      <RotateCcw aria-hidden className="size-4" />
      {t('bulk.action')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} actions={replays.data !== undefined && replays.data.length > 0 ? start : undefined}>
        <p className="text-sm text-text-muted">{t('listText')}</p>
      </PageHeader>
      {replays.isPending && <ListSkeleton rows={4} />}
      {replays.isError && <QueryFailure error={replays.error} onRetry={() => void replays.refetch()} />}
      {replays.data?.length === 0 && (
        <EmptyState icon={<History />} title={t('emptyTitle')} action={start} className="border-t border-border">
          {t('emptyText')}
        </EmptyState>
      )}
      {replays.data !== undefined && replays.data.length > 0 && (
        <ul className="divide-y divide-border border-y border-border">
          {replays.data.map((replay) => (
            <ReplayRow key={replay.id} replay={replay} />
          ))}
        </ul>
      )}
      {asking && <NewReplayDialog onOpenChange={setAsking} />}
    </>
  );
}

function ReplayRow({ replay }: { replay: ReplayView }) {
  const t = useTranslations('replays');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const format = useFormatter();
  const now = useNow({ updateInterval: 10_000 });
  const duration = useDuration();
  const filterText = useReplayFilterText();
  const settled = replay.done + replay.skipped;
  const cancel = useMutation(
    trpc.replay.cancel.mutationOptions({
      onSuccess: async () => {
        toast({ title: t('cancelled') });
        await queryClient.invalidateQueries({ queryKey: trpc.replay.pathKey() });
      },
      onError: (error) => toast({ tone: 'failed', title: errorText(error) }),
    }),
  );
  return (
    <li className="grid gap-x-6 gap-y-2 px-4 py-3 text-sm sm:px-6 md:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_auto] md:items-center">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {t(`again.modes.${replay.mode}`)}
          <Badge tone={TONES[replay.state]}>{t(`states.${replay.state}`)}</Badge>
        </p>
        <p className="break-words text-text-muted">{filterText(replay.filter)}</p>
        {replay.note !== '' && <p className="break-words">{replay.note}</p>}
        <p className="text-xs text-text-muted">{t('by', { name: replay.createdByName ?? t('someone'), when: format.relativeTime(new Date(replay.createdAt), now) })}</p>
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        <ProgressBar value={settled} max={replay.total} label={t('progress', { done: settled, total: replay.total })} />
        <p className="flex flex-wrap gap-x-3 text-xs text-text-muted tabular-nums">
          <span>{t('progress', { done: settled, total: replay.total })}</span>
          {replay.state === 'running' && <span>{t('left', { duration: duration(((replay.total - settled) / replay.perSecond) * 1_000) })}</span>}
          <span>{t('outcome', { succeeded: replay.succeeded, failed: replay.failed })}</span>
          {replay.skipped > 0 && <span>{t('skipped', { count: replay.skipped })}</span>}
        </p>
      </div>
      <div className="flex justify-end">
        {replay.state === 'running' && (
          <Button size="sm" busy={cancel.isPending} onClick={() => cancel.mutate({ replayId: replay.id })}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </li>
  );
}
