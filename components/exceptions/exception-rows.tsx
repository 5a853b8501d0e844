'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { useFailureText } from '#components/runs/use-failure-text.ts';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useCan, useSession } from '#components/shell/session-context.tsx';
import { useTrpc, useTrpcClient } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { cn } from '#components/ui/cn.ts';
import { ListCell, ListGrid, ListRow } from '#components/ui/list-grid.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import type { ExceptionListItem } from '#server/views/exception.ts';
import { type ExceptionFilters, exceptionQuery } from './exception-filters.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useExceptionName } from './use-exception-name.ts';

const PAGE = 100;
const REFRESH_MS = 15_000;
const STAFF_GRID = 'md:grid-cols-[1rem_minmax(0,1.2fr)_minmax(0,2fr)_minmax(0,1.2fr)_7rem_7rem]';
const VIEWER_GRID = 'md:grid-cols-[minmax(0,1.2fr)_minmax(0,2fr)_minmax(0,1.2fr)_8rem]';
const FIRST: string | null = null;

interface ExceptionRowsProps {
  filters: ExceptionFilters;
  openId: string | null;
  empty: ReactNode;
  onOpen: (exceptionId: string) => void;
}

/** Exceptions one by one, newest first, to be opened or chosen together. */
export function ExceptionRows({ filters, openId, empty, onOpen }: ExceptionRowsProps) {
  const t = useTranslations('exceptions');
  const trpc = useTrpc();
  const client = useTrpcClient();
  const queryClient = useQueryClient();
  const canHandle = useCan('exception:handle');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = useInfiniteQuery({
    queryKey: [...trpc.exception.pathKey(), 'rows', filters],
    queryFn: ({ pageParam, signal }) => client.exception.list.query({ ...exceptionQuery(filters), cursor: pageParam, limit: PAGE }, { signal }),
    initialPageParam: FIRST,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: REFRESH_MS,
  });
  if (list.isPending) return <ListSkeleton rows={8} />;
  if (list.isError) return <QueryFailure error={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.items);
  if (rows.length === 0) return empty;
  // What is gone from the list can not be acted on any more.
  const selected = rows.filter((row) => chosen.has(row.id));

  function choose(id: string, wanted: boolean) {
    setChosen((before) => new Set(wanted ? [...before, id] : [...before].filter((one) => one !== id)));
  }

  return (
    <>
      {canHandle && (
        <SelectionBar
          selected={selected}
          all={rows.length}
          onAll={(wanted) => setChosen(new Set(wanted ? rows.map((row) => row.id) : []))}
          onDone={() => {
            setChosen(new Set());
            void queryClient.invalidateQueries({ queryKey: trpc.exception.pathKey() });
          }}
        />
      )}
      <ListGrid
        label={t('title')}
        grid={canHandle ? STAFF_GRID : VIEWER_GRID}
        columns={[
          ...(canHandle ? [{ key: 'select', label: t('selectAll'), hidden: true }] : []),
          { key: 'about', label: t('about') },
          { key: 'what', label: t('what') },
          { key: 'where', label: t('where') },
          ...(canHandle ? [{ key: 'who', label: t('who') }] : []),
          { key: 'age', label: t('age') },
        ]}
      >
        {rows.map((row) => (
          <Row key={row.id} row={row} open={row.id === openId} chosen={chosen.has(row.id)} onChoose={canHandle ? (wanted) => choose(row.id, wanted) : undefined} onOpen={() => onOpen(row.id)} />
        ))}
      </ListGrid>
      {list.hasNextPage && (
        <div className="flex justify-center py-3">
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
    </>
  );
}

interface RowProps {
  row: ExceptionListItem;
  open: boolean;
  chosen: boolean;
  onChoose: ((wanted: boolean) => void) | undefined;
  onOpen: () => void;
}

function Row({ row, open, chosen, onChoose, onOpen }: RowProps) {
  const t = useTranslations('exceptions');
  const failureText = useFailureText();
  const session = useSession();
  const name = useExceptionName()(row);
  const keys = row.businessKeys.join(' · ');
  return (
    <ListRow grid={onChoose === undefined ? VIEWER_GRID : STAFF_GRID} className={cn('md:py-2', open && 'bg-accent-tint! hover:bg-accent-tint!')}>
      {onChoose !== undefined && (
        <ListCell className="max-md:absolute max-md:top-3 max-md:right-4">
          <Checkbox checked={chosen} onCheckedChange={onChoose} label={t('select', { about: name })} hideLabel className="relative z-1" />
        </ListCell>
      )}
      <ListCell wide className="max-md:pr-8">
        <button type="button" onClick={onOpen} aria-label={t('openOne', { about: name })} aria-pressed={open} className="block max-w-full truncate text-left font-medium after:absolute after:inset-0 after:-outline-offset-2">
          {keys === '' ? name : keys}
        </button>
        {keys !== '' && row.recordKey !== '0' && <span className="block truncate text-xs text-text-muted">{t('recordKey', { key: row.recordKey })}</span>}
      </ListCell>
      <ListCell wide>
        <span className="line-clamp-2">{failureText(row)}</span>
      </ListCell>
      <ListCell wide>
        <span className="block truncate">{row.nodeLabel}</span>
        <span className="block truncate text-xs text-text-muted">
          {row.flowName}
          {session.retailerId === null && ` · ${row.retailerName}`}
        </span>
      </ListCell>
      {onChoose !== undefined && (
        <ListCell label={t('who')} className={cn('truncate', row.assignedTo === null && 'text-text-muted')}>
          {row.assignedTo === null ? t('nobody') : row.assignedToName}
        </ListCell>
      )}
      <ListCell label={t('age')} className="truncate text-text-muted">
        <TimeAgo at={row.openedAt} className="relative z-1" />
      </ListCell>
    </ListRow>
  );
}
