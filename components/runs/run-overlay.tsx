'use client';

import dynamic from 'next/dynamic';
import { Skeleton } from '#components/ui/skeleton.tsx';

/** The canvas is the heaviest part of the page and not the first thing read: it comes after the rest. */
export const RunOverlay = dynamic(() => import('#components/canvas/flow-overlay.tsx').then((module) => module.FlowOverlay), {
  ssr: false,
  loading: () => (
    <div className="flex h-full items-center justify-center gap-10">
      <Skeleton className="h-14 w-40" />
      <Skeleton className="h-14 w-40" />
      <Skeleton className="h-14 w-40 max-sm:hidden" />
    </div>
  ),
});
