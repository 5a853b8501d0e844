'use client';

import { useQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { readDocText } from '#components/canvas/read-doc-text.ts';
import { useCan } from '#components/shell/session-context.tsx';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { readAppError } from '#components/trpc/app-error.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { RunView } from '#server/views/run.ts';
import { WaitingCard } from '#components/waiting/waiting-card.tsx';
import { FailureCard } from './failure-card.tsx';
import { RunHeader } from './run-header.tsx';
import { RunOverlay } from './run-overlay.tsx';
import { StepList } from './step-list.tsx';
import { StepPanel } from './step-panel.tsx';
import { useRunSignals } from './use-run-signals.ts';

/** One run: what came in, what happened at each step, what was sent and answered, and what to do if it failed. */
export function RunDetail({ runId }: { runId: string }) {
  const t = useTranslations('runs');
  const trpc = useTrpc();
  const run = useQuery(trpc.run.get.queryOptions({ runId }));
  const ended = run.data?.state === 'succeeded';
  useRunSignals({
    enabled: run.isSuccess && !ended,
    concerns: (retailerIds) => run.data !== undefined && retailerIds.includes(run.data.retailerId),
    onSignal: async () => {
      await run.refetch();
    },
  });
  if (run.isPending)
    return (
      <>
        <div className="flex flex-col gap-3 px-4 py-5 sm:px-6">
          <Skeleton className="w-32" />
          <Skeleton className="h-5 w-64" />
        </div>
        <ListSkeleton rows={5} />
      </>
    );
  if (run.isError) {
    const { code } = readAppError(run.error);
    if (code !== 'not_found') return <QueryFailure error={run.error} onRetry={() => void run.refetch()} />;
    return (
      <EmptyState
        icon={<SearchX />}
        title={t('missingTitle')}
        action={
          <Button asChild>
            <Link href="/runs">{t('toList')}</Link>
          </Button>
        }
      >
        {t('missingText')}
      </EmptyState>
    );
  }
  return <LoadedRun run={run.data} onChanged={() => void run.refetch()} />;
}

function LoadedRun({ run, onChanged }: { run: RunView; onChanged: () => void }) {
  const t = useTranslations('runs');
  const router = useRouter();
  const mayEdit = useCan('flow:edit');
  const params = useSearchParams();
  const read = useMemo(() => readDocText(run.docText), [run.docText]);
  const doc = read.ok ? read.doc : null;
  const newest = run.attempts.at(-1) ?? run.attempt;
  const wanted = Number(params.get('attempt'));
  const attempt = run.attempts.includes(wanted) ? wanted : newest;
  const steps = run.steps.filter((step) => step.attempt === attempt);
  const selected = params.get('step');

  function open(stepId: string | null, atAttempt = attempt) {
    const next = new URLSearchParams(params);
    if (stepId === null) next.delete('step');
    else next.set('step', stepId);
    if (atAttempt === newest) next.delete('attempt');
    else next.set('attempt', String(atAttempt));
    const query = next.toString();
    // Choosing a step is a place one can go back from; the page itself is not loaded again.
    router.push(query === '' ? `/runs/${run.id}` : `/runs/${run.id}?${query}`, { scroll: false });
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col xl:flex-row">
      <div className="flex min-w-0 flex-col xl:flex-1 xl:overflow-y-auto">
        <RunHeader run={run} onRetried={onChanged} />
        {(run.state === 'waiting' || run.state === 'running') && <WaitingCard runId={run.id} />}
        {run.failureClass !== null && run.state !== 'succeeded' && <FailureCard run={run} doc={doc} onOpenStep={open} />}
        <section aria-label={t('overlay')} className="h-64 shrink-0 border-y border-border bg-surface-2 sm:h-80">
          <RunOverlay docText={run.docText} steps={steps} selectedNodeId={selected} onSelect={open} graphOnly={!mayEdit} notes={false} />
        </section>
        <StepList run={run} doc={doc} attempt={attempt} selected={selected} onSelect={open} onAttempt={(next) => open(selected, next)} />
      </div>
      {selected !== null && (
        <aside
          aria-label={t('stepPanel')}
          className="min-w-0 border-border max-xl:fixed max-xl:inset-y-0 max-xl:right-0 max-xl:z-40 max-xl:w-full max-xl:max-w-xl max-xl:animate-sheet max-xl:bg-surface max-xl:shadow-float xl:w-[44%] xl:border-l"
        >
          <StepPanel key={`${selected}-${attempt}`} run={run} doc={doc} nodeId={selected} attempt={attempt} onClose={() => open(null)} />
        </aside>
      )}
    </div>
  );
}
