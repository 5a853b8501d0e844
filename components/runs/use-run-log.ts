'use client';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTrpc, useTrpcClient } from '#components/trpc/trpc.ts';
import type { RunListItem } from '#server/views/run.ts';
import { appendPage, arrivals, type LoadedRuns, mergeHead, updateKnown } from './merge-runs.ts';
import { type RunFilters, runQuery } from './run-filters.ts';
import { useRunSignals } from './use-run-signals.ts';

const PAGE = 50;
/** The API's largest page: how far down a change of a loaded run is seen without loading it anew. */
const LARGEST_HEAD = 200;
const HIGHLIGHT_MS = 2_000;

export interface RunLog {
  runs: readonly RunListItem[];
  isPending: boolean;
  error: unknown;
  retry: () => void;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  /** Runs that just came in, to be pointed out. */
  arrived: ReadonlySet<string>;
  /** Runs that wait until the reader is back at the top. */
  held: number;
  showHeld: () => void;
  isLive: boolean;
}

/**
 * The run list and its life. Every signal from the server re-reads the beginning of the list: at the top new runs appear at
 * once; while the reader is further down (`reading`) known rows change in place and new ones are only counted.
 */
export function useRunLog(filters: RunFilters, reading: boolean): RunLog {
  const trpc = useTrpc();
  const client = useTrpcClient();
  const queryClient = useQueryClient();
  // A moving range is pinned when the filters change; the view then grows with time instead of sliding under the reader.
  const input = useMemo(() => ({ ...runQuery(filters, Date.now()), limit: PAGE }), [filters]);
  const query = useInfiniteQuery(
    trpc.run.list.infiniteQueryOptions(input, { getNextPageParam: (page) => page.nextCursor, staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }),
  );
  const queryKey = useMemo(() => trpc.run.list.infiniteQueryKey(input), [trpc, input]);
  const loaded = useMemo<LoadedRuns>(
    () => (query.data?.pages ?? []).reduce<LoadedRuns>((all, page) => appendPage(all, page), { items: [], nextCursor: null }),
    [query.data],
  );
  const [arrived, setArrived] = useState<ReadonlySet<string>>(new Set());
  const [held, setHeld] = useState(0);
  const latest = useRef({ loaded, reading, input });
  latest.current = { loaded, reading, input };

  const refresh = useCallback(
    async (atTop: boolean) => {
      const before = latest.current;
      const limit = Math.min(LARGEST_HEAD, Math.max(PAGE, before.loaded.items.length));
      const head = await client.run.list.query({ ...before.input, limit });
      const now = latest.current;
      if (now.input !== before.input) return;
      const added = arrivals(now.loaded, head);
      const show = atTop || !now.reading;
      const next = show ? mergeHead(now.loaded, head) : updateKnown(now.loaded, head);
      queryClient.setQueryData(queryKey, { pages: [{ items: [...next.items], nextCursor: next.nextCursor }], pageParams: [null] });
      setHeld(show ? 0 : added.length);
      if (show && added.length > 0) setArrived(new Set(added));
    },
    [client, queryClient, queryKey],
  );

  useEffect(() => {
    if (arrived.size === 0) return;
    const timer = setTimeout(() => setArrived(new Set()), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [arrived]);
  useEffect(() => setHeld(0), [input]);

  const isLive = useRunSignals({
    enabled: query.isSuccess,
    concerns: (retailerIds) => filters.retailerId === null || retailerIds.includes(filters.retailerId),
    onSignal: () => refresh(false),
  });

  return {
    runs: loaded.items,
    isPending: query.isPending,
    error: query.isError ? query.error : null,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
    arrived,
    held,
    showHeld: () => void refresh(true),
    isLive,
  };
}
