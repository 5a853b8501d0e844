'use client';

import { ArrowUp, History, RotateCcw } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo, useRef, useState } from 'react';
import { NothingToList } from '#components/shell/nothing-to-list.tsx';
import { PageHeader } from '#components/shell/page-header.tsx';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useCan, useSession } from '#components/shell/session-context.tsx';
import { Button } from '#components/ui/button.tsx';
import { ListGrid } from '#components/ui/list-grid.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { FilterBar } from './filter-bar.tsx';
import { filtersHref, isFiltered, NO_FILTERS, type RunFilters, readFilters } from './run-filters.ts';
import { RUN_GRID } from './run-row.tsx';
import { RunRows, RunRowsEnd } from './run-rows.tsx';
import { useRunLog } from './use-run-log.ts';

/** Pixels from the top within which the reader counts as being there. */
const TOP = 8;

/** The run log: filters in the address, live, as long as the history is. */
export function RunList() {
  const t = useTranslations('runs');
  const params = useSearchParams();
  const session = useSession();
  const replays = useTranslations('replays');
  const canReplay = useCan('run:retry');
  const filters = useMemo(() => readFilters(new URLSearchParams(params)), [params]);
  const scroller = useRef<HTMLDivElement>(null);
  const [reading, setReading] = useState(false);
  const log = useRunLog(filters, reading);
  const withRetailer = session.retailerId === null && filters.retailerId === null;

  function change(next: RunFilters) {
    window.history.replaceState(null, '', filtersHref(next));
    scroller.current?.scrollTo({ top: 0 });
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHeader
        title={t('title')}
        aside={
          <span role="status" className="flex items-center gap-1.5 text-xs text-text-muted">
            <StatusDot tone={log.isLive ? 'success' : 'waiting'} pulse={!log.isLive} />
            {log.isLive ? t('live') : t('connecting')}
          </span>
        }
        actions={
          canReplay ? (
            <Button asChild variant="quiet">
              <Link href="/replays">
                <RotateCcw aria-hidden className="size-4" />
                {replays('title')}
              </Link>
            </Button>
          ) : undefined
        }
      >
        <FilterBar filters={filters} onChange={change} />
      </PageHeader>
      <div className="relative min-h-0 flex-1">
        {log.held > 0 && (
          <Button
            size="sm"
            variant="primary"
            className="absolute top-10 left-1/2 z-20 -translate-x-1/2 shadow-float"
            onClick={() => {
              scroller.current?.scrollTo({ top: 0 });
              log.showHeld();
            }}
          >
            <ArrowUp aria-hidden className="size-3.5" />
            {t('held', { count: log.held })}
          </Button>
        )}
        <div ref={scroller} className="h-full overflow-y-auto" onScroll={(event) => setReading(event.currentTarget.scrollTop > TOP)}>
          {log.isPending && <ListSkeleton rows={10} />}
          {log.error !== null && <QueryFailure error={log.error} onRetry={log.retry} />}
          {!log.isPending && log.error === null && log.runs.length === 0 && (
            <NothingToList
              filtered={isFiltered(filters) ? { title: t('noneFilteredTitle'), text: t('noneFilteredText'), clearLabel: t('clearFilters'), onClear: () => change(NO_FILTERS) } : null}
              icon={<History />}
              title={t('noneTitle')}
              text={t('noneText')}
            />
          )}
          {log.runs.length > 0 && (
            <>
              <ListGrid
                label={t('title')}
                grid={RUN_GRID}
                columns={[
                  { key: 'state', label: t('state') },
                  { key: 'started', label: t('started') },
                  { key: 'flow', label: t('flow') },
                  { key: 'about', label: t('about') },
                  { key: 'records', label: t('records'), numeric: true },
                  { key: 'duration', label: t('duration'), numeric: true },
                ]}
              >
                <RunRows
                  runs={log.runs}
                  arrived={log.arrived}
                  withRetailer={withRetailer}
                  scroller={scroller}
                  hasMore={log.hasMore}
                  onEnd={log.loadMore}
                />
              </ListGrid>
              <RunRowsEnd count={log.runs.length} hasMore={log.hasMore} isLoadingMore={log.isLoadingMore} />
            </>
          )}
        </div>
      </div>
    </div>
  );
}
