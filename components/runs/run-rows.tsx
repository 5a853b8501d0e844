'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { type RefObject, useEffect } from 'react';
import { Spinner } from '#components/ui/spinner.tsx';
import type { RunListItem } from '#server/views/run.ts';
import { RunRow } from './run-row.tsx';

interface RunRowsProps {
  runs: readonly RunListItem[];
  arrived: ReadonlySet<string>;
  withRetailer: boolean;
  scroller: RefObject<HTMLDivElement | null>;
  hasMore: boolean;
  onEnd: () => void;
}

const ROW_GUESS = 56;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 10;

/** Only the rows in view are in the document, however many are loaded; reaching the end loads more. */
export function RunRows({ runs, arrived, withRetailer, scroller, hasMore, onEnd }: RunRowsProps) {
  // oxlint-disable-next-line react/incompatible-library -- nothing it returns is handed to a memoised component
  const virtual = useVirtualizer({
    count: runs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_GUESS,
    getItemKey: (index) => runs[index]?.id ?? index,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const nearEnd = hasMore && last >= runs.length - AHEAD;
  useEffect(() => {
    if (nearEnd) onEnd();
  });
  return (
    <div className="relative" style={{ height: virtual.getTotalSize() }}>
      {shown.map((item) => {
        const run = runs[item.index];
        if (run === undefined) return null;
        return (
          <div
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            className="absolute inset-x-0 top-0 border-b border-border"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <RunRow run={run} arrived={arrived.has(run.id)} withRetailer={withRetailer} />
          </div>
        );
      })}
    </div>
  );
}

/** Below the rows: more is coming, or that was all. */
export function RunRowsEnd({ count, hasMore, isLoadingMore }: { count: number; hasMore: boolean; isLoadingMore: boolean }) {
  const t = useTranslations('runs');
  return (
    <p role="status" className="flex h-12 items-center justify-center gap-2 text-xs text-text-muted">
      {isLoadingMore ? (
        <>
          <Spinner /> {t('loadingMore')}
        </>
      ) : (
        !hasMore && t('end', { count })
      )}
    </p>
  );
}
