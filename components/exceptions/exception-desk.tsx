'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheckBig, X } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { NothingToList } from '#components/shell/nothing-to-list.tsx';
import { PageHeader } from '#components/shell/page-header.tsx';
import { Segments } from '#components/ui/segments.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { CauseList } from './cause-list.tsx';
import { ExceptionFilterBar } from './exception-filter-bar.tsx';
import { type ExceptionFilters, filtersHref, isFiltered, NO_FILTERS, readFilters } from './exception-filters.ts';
import { ExceptionPanel } from './exception-panel.tsx';
import { ExceptionRows } from './exception-rows.tsx';

const REFRESH_MS = 15_000;

/** Records that need a person, over all retailers: by cause first, for one mistake of a mapping is one thing to do. */
export function ExceptionDesk() {
  const t = useTranslations('exceptions');
  const params = useSearchParams();
  const trpc = useTrpc();
  const filters = useMemo(() => readFilters(new URLSearchParams(params)), [params]);
  const open = params.get('open');
  const count = useQuery(trpc.exception.count.queryOptions(undefined, { refetchInterval: REFRESH_MS }));

  function go(next: ExceptionFilters, opened: string | null = null) {
    window.history.pushState(null, '', filtersHref(next, opened));
  }
  const empty = (
    <NothingToList
      filtered={
        isFiltered(filters)
          ? { title: t('noneFilteredTitle'), text: t('noneFilteredText'), clearLabel: t('clearFilters'), onClear: () => go({ ...NO_FILTERS, view: filters.view, state: filters.state }) }
          : null
      }
      icon={<CircleCheckBig />}
      title={t('noneTitle')}
      text={t('noneText')}
    />
  );

  return (
    <div className="flex min-h-0 flex-1 flex-col xl:flex-row">
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <PageHeader
          title={t('title')}
          aside={count.data !== undefined && <Badge tone={count.data.open > 0 ? 'failed' : 'success'}>{t('openCount', { count: count.data.open })}</Badge>}
          actions={
            <Segments
              label={t('view.label')}
              value={filters.view}
              onChange={(view) => go({ ...filters, view, cause: null })}
              options={[
                { value: 'causes', label: t('view.causes') },
                { value: 'list', label: t('view.list') },
              ]}
            />
          }
        >
          <ExceptionFilterBar filters={filters} onChange={(next) => go(next)} />
          {filters.cause !== null && (
            <div className="flex items-center gap-2">
              <Badge tone="accent">{t('cause', { node: filters.cause.nodeLabel })}</Badge>
              <Button size="sm" variant="quiet" onClick={() => go({ ...filters, view: 'causes', cause: null })}>
                <X aria-hidden className="size-3.5" />
                {t('clearCause')}
              </Button>
            </div>
          )}
        </PageHeader>
        <div className="min-h-0 flex-1 overflow-y-auto">
          {filters.view === 'causes' ? (
            <CauseList filters={filters} empty={empty} onChoose={go} />
          ) : (
            <ExceptionRows key={filtersHref(filters)} filters={filters} openId={open} empty={empty} onOpen={(id) => go(filters, id)} />
          )}
        </div>
      </div>
      {open !== null && (
        <aside
          aria-label={t('panel')}
          className="min-w-0 border-border max-xl:fixed max-xl:inset-y-0 max-xl:right-0 max-xl:z-40 max-xl:w-full max-xl:max-w-xl max-xl:animate-sheet max-xl:bg-surface max-xl:shadow-float xl:w-[44%] xl:border-l"
        >
          <ExceptionPanel key={open} exceptionId={open} onClose={() => go(filters)} />
        </aside>
      )}
    </div>
  );
}
