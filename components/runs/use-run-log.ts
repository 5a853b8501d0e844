'use client';

import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
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
const NOTHING: ReadonlySet<string> = new Set();
const NO_CURSOR: string | null = null;

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
  const queryKey = useMemo(() => [...trpc.run.list.pathKey(), 'log', filters] as const, [trpc, filters]);
  const query = useInfiniteQuery({
    queryKey,
    // A moving range is measured when it is read, so that an open page moves with it.
    queryFn: ({ pageParam, signal }): Promise<LoadedRuns> => client.run.list.query({ ...runQuery(filters, Date.now()), limit: PAGE, cursor: pageParam }, { signal }),
    initialPageParam: NO_CURSOR,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const loaded = useMemo<LoadedRuns>(
    () => (query.data?.pages ?? []).reduce<LoadedRuns>((all, page) => appendPage(all, page), { items: [], nextCursor: null }),
    [query.data],
  );
  const [arrived, setArrived] = useState<ReadonlySet<string>>(NOTHING);
  const [waiting, setWaiting] = useState({ filters, count: 0 });
  const latest = useRef({ loaded, reading, filters });
  useEffect(() => {
    latest.current = { loaded, reading, filters };
  });

  const refresh = useCallback(
    async (atTop: boolean) => {
      const before = latest.current;
      const limit = Math.min(LARGEST_HEAD, Math.max(PAGE, before.loaded.items.length));
      const head = await client.run.list.query({ ...runQuery(before.filters, Date.now()), limit });
      const now = latest.current;
      if (now.filters !== before.filters) return;
      const added = arrivals(now.loaded, head);
      const show = atTop || !now.reading;
      const next = show ? mergeHead(now.loaded, head) : updateKnown(now.loaded, head);
      queryClient.setQueryData<InfiniteData<LoadedRuns, string | null>>(queryKey, { pages: [next], pageParams: [NO_CURSOR] });
      setWaiting({ filters: now.filters, count: show ? 0 : added.length });
      if (show && added.length > 0) setArrived(new Set(added));
    },
    [client, queryClient, queryKey],
  );

  useEffect(() => {
    if (arrived.size === 0) return;
    const timer = setTimeout(() => setArrived(NOTHING), HIGHLIGHT_MS);
    return () => clearTimeout(timer);
  }, [arrived]);

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
    held: waiting.filters === filters ? waiting.count : 0,
    showHeld: () => void refresh(true),
    isLive,
  };
}
