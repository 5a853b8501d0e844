'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { StateMark } from '#components/runs/state-mark.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { RunStepView, RunView } from '#server/views/run.ts';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { useEdgeData } from './use-edge-data.ts';

/** Says which run of the past is looked at; `?run=` names it. Draws what runs and tests leave on the edges. */
export function PastRunBar() {
  const t = useTranslations('samples');
  const format = useFormatter();
  const errorText = useErrorText();
  const trpc = useTrpc();
  const store = useDesignerStore();
  const flowId = useDesigner((state) => state.flowId);
  const open = useDesigner((state) => state.run);
  const asked = useSearchParams().get('run');
  useEdgeData();
  const query = useQuery({ ...trpc.run.get.queryOptions({ runId: asked ?? '' }), enabled: asked !== null, staleTime: 60_000 });
  const view = query.data?.flowId === flowId ? query.data : undefined;
  useEffect(() => {
    if (asked === null) store.setState({ run: null });
    else if (view !== undefined) store.setState({ run: { id: view.id, view, steps: newestSteps(view) } });
  }, [store, asked, view]);
  if (asked !== null && query.error !== null) {
    return (
      <Bar onClose={closeRun}>
        <p role="alert" className="text-failed">
          {errorText(query.error)}
        </p>
      </Bar>
    );
  }
  if (open === null) return null;
  return (
    <Bar onClose={closeRun}>
      <StateMark state={open.view.state} />
      <span className="truncate font-medium">{open.view.businessKeys.join(' · ')}</span>
      <span className="shrink-0 text-text-muted">{t('runOf', { time: format.dateTime(new Date(open.view.startedAt), 'moment'), number: open.view.versionNumber })}</span>
      <Link href={`/runs/${open.id}`} className="shrink-0 underline underline-offset-2">
        {t('openRun')}
      </Link>
    </Bar>
  );
}

/** Leaves the run of the past; the address loses it, and the store with it. */
function closeRun(): void {
  const url = new URL(window.location.href);
  url.searchParams.delete('run');
  window.history.replaceState(window.history.state, '', url);
}

function Bar({ onClose, children }: { onClose: () => void; children: React.ReactNode }) {
  const t = useTranslations('samples');
  return (
    <div role="region" aria-label={t('pastRun')} className="flex h-9 shrink-0 items-center gap-3 border-b border-border bg-surface-2 px-4 text-xs">
      {children}
      <IconButton size="sm" className="ml-auto" label={t('closeRun')} icon={<X />} onClick={onClose} />
    </div>
  );
}

/** Of each node the newest attempt. */
function newestSteps({ steps }: RunView): ReadonlyMap<string, RunStepView> {
  const newest = new Map<string, RunStepView>();
  for (const step of steps) {
    const known = newest.get(step.nodeId);
    if (known === undefined || known.attempt < step.attempt) newest.set(step.nodeId, step);
  }
  return newest;
}
