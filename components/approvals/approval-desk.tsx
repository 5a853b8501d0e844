'use client';

import { useQuery } from '@tanstack/react-query';
import { Stamp } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { PageHeader } from '#components/shell/page-header.tsx';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useSession } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Badge } from '#components/ui/badge.tsx';
import { cn } from '#components/ui/cn.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { Segments } from '#components/ui/segments.tsx';
import type { ApprovalView } from '#server/views/approval.ts';
import { ApprovalPanel } from './approval-panel.tsx';

const REFRESH_MS = 5_000;

/** Questions that flows have for a person, the most urgent first. `?open=` shows one of them. */
export function ApprovalDesk() {
  const t = useTranslations('approvals');
  const params = useSearchParams();
  const trpc = useTrpc();
  const view = params.get('view') === 'decided' ? 'decided' : 'open';
  const openId = params.get('open');
  const approvals = useQuery(trpc.approval.list.queryOptions({ open: view === 'open' }, { refetchInterval: REFRESH_MS }));

  function go(next: { view: 'open' | 'decided'; open: string | null }) {
    const query = new URLSearchParams({ ...(next.view === 'open' ? {} : { view: next.view }), ...(next.open === null ? {} : { open: next.open }) }).toString();
    window.history.pushState(null, '', query === '' ? '/approvals' : `/approvals?${query}`);
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col xl:flex-row">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <PageHeader
          title={t('title')}
          aside={view === 'open' && approvals.data !== undefined && <Badge tone={approvals.data.length > 0 ? 'waiting' : 'success'}>{t('openCount', { count: approvals.data.length })}</Badge>}
          actions={
            <Segments
              label={t('view.label')}
              value={view}
              onChange={(next) => go({ view: next, open: null })}
              options={[
                { value: 'open', label: t('view.open') },
                { value: 'decided', label: t('view.decided') },
              ]}
            />
          }
        />
        <div className="min-h-0 flex-1 overflow-y-auto border-t border-border">
          {approvals.isPending && <ListSkeleton rows={5} />}
          {approvals.isError && <QueryFailure error={approvals.error} onRetry={() => void approvals.refetch()} />}
          {approvals.data?.length === 0 && (
            <EmptyState icon={<Stamp />} title={t(view === 'open' ? 'emptyTitle' : 'emptyDecidedTitle')}>
              {t(view === 'open' ? 'emptyText' : 'emptyDecidedText')}
            </EmptyState>
          )}
          {approvals.data !== undefined && approvals.data.length > 0 && (
            <ul className="divide-y divide-border border-b border-border">
              {approvals.data.map((approval) => (
                <ApprovalRow key={approval.id} approval={approval} open={approval.id === openId} onOpen={() => go({ view, open: approval.id })} />
              ))}
            </ul>
          )}
        </div>
      </div>
      {openId !== null && (
        <aside
          aria-label={t('panel')}
          className="min-w-0 border-border max-xl:fixed max-xl:inset-y-0 max-xl:right-0 max-xl:z-40 max-xl:w-full max-xl:max-w-xl max-xl:animate-sheet max-xl:bg-surface max-xl:shadow-float xl:w-[44%] xl:border-l"
        >
          <ApprovalPanel key={openId} approvalId={openId} onClose={() => go({ view, open: null })} />
        </aside>
      )}
    </div>
  );
}

function ApprovalRow({ approval, open, onOpen }: { approval: ApprovalView; open: boolean; onOpen: () => void }) {
  const t = useTranslations('approvals');
  const format = useFormatter();
  const now = useNow({ updateInterval: 15_000 });
  const session = useSession();
  const when = (at: string) => format.relativeTime(new Date(at), now);
  const state = t(`states.${approval.state}`);
  return (
    <li className={cn('relative flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-3 text-sm sm:px-6', open ? 'bg-accent-tint' : 'hover:bg-surface-2')}>
      <div className="min-w-0 flex-1">
        <button type="button" onClick={onOpen} aria-pressed={open} aria-label={t('openOne', { title: approval.title })} className="block max-w-full text-left font-medium break-words after:absolute after:inset-0 after:-outline-offset-2">
          {approval.title}
        </button>
        <p className="truncate text-xs text-text-muted">
          {[approval.businessKeys.join(' · '), approval.flowName, session.retailerId === null ? approval.retailerName : ''].filter((part) => part !== '').join(' · ')}
        </p>
      </div>
      <p className={cn('shrink-0 text-xs', approval.state === 'open' ? 'text-waiting' : 'text-text-muted')}>
        {approval.state === 'open'
          ? t('until', { when: when(approval.timeoutAt) })
          : approval.decidedByName === null
            ? t('decidedNobody', { state, when: when(approval.decidedAt ?? approval.timeoutAt) })
            : t('decidedBy', { state, name: approval.decidedByName, when: when(approval.decidedAt ?? approval.timeoutAt) })}
      </p>
    </li>
  );
}
