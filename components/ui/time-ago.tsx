'use client';

import { useFormatter, useNow } from 'next-intl';
import { Tooltip } from './tooltip.tsx';

/** A moment as distance from now ("3 minutes ago"), the exact time in the reader's zone on hover and focus. */
export function TimeAgo({ at, className }: { at: string | Date; className?: string }) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 15_000 });
  const moment = typeof at === 'string' ? new Date(at) : at;
  return (
    <Tooltip content={format.dateTime(moment, 'moment')}>
      <time dateTime={moment.toISOString()} className={className} suppressHydrationWarning>
        {format.relativeTime(moment, now)}
      </time>
    </Tooltip>
  );
}
