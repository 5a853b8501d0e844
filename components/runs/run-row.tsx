'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useDuration } from '#components/i18n/use-duration.ts';
import { cn } from '#components/ui/cn.ts';
import { ListCell, ListRow } from '#components/ui/list-grid.tsx';
import type { RunListItem } from '#server/views/run.ts';
import { StateMark } from './state-mark.tsx';
import { useFailureText } from './use-failure-text.ts';

export const RUN_GRID = 'md:grid-cols-[7.5rem_8.5rem_minmax(0,1.3fr)_minmax(0,1.7fr)_4.5rem_5rem]';

interface RunRowProps {
  run: RunListItem;
  /** The retailer's name is said only where runs of several are listed. */
  withRetailer: boolean;
  arrived: boolean;
}

/** One run: state, moment, flow, what it was about, and why it failed. */
export function RunRow({ run, withRetailer, arrived }: RunRowProps) {
  const t = useTranslations('runs');
  const format = useFormatter();
  const duration = useDuration();
  const failureText = useFailureText();
  const failed = run.failureClass !== null && run.state !== 'succeeded';
  return (
    <ListRow grid={RUN_GRID} className={cn(arrived && 'animate-arrived')}>
      <ListCell>
        <StateMark state={run.state} />
      </ListCell>
      <ListCell className="text-text-muted max-md:text-right">
        <Link
          href={`/runs/${run.id}`}
          aria-label={t('open', { flow: run.flowName, keys: run.businessKeys.join(', ') })}
          className="after:absolute after:inset-0 after:-outline-offset-2"
        >
          <time dateTime={run.startedAt}>{format.dateTime(new Date(run.startedAt), 'second')}</time>
        </Link>
      </ListCell>
      <ListCell wide>
        <span className="block truncate font-medium">{run.flowName}</span>
        {withRetailer && <span className="block truncate text-xs text-text-muted">{run.retailerName}</span>}
      </ListCell>
      <ListCell wide>
        <span className={cn('block truncate', run.businessKeys.length === 0 && 'text-text-muted')}>
          {run.businessKeys.length === 0 ? t('noKeys') : run.businessKeys.join(' · ')}
        </span>
        {failed && (
          <span className={cn('block text-xs md:truncate', run.state === 'failed' ? 'text-failed' : 'text-waiting')}>
            {failureText({ class: run.failureClass, code: run.failureCode, message: run.failureMessage })}
          </span>
        )}
      </ListCell>
      <ListCell label={t('records')} numeric>
        {format.number(run.recordsIn)}
        {run.recordsFailed > 0 && <span className="font-semibold text-failed"> · {t('recordsFailed', { count: run.recordsFailed })}</span>}
      </ListCell>
      <ListCell label={t('duration')} numeric className="text-text-muted">
        {run.durationMs === null ? '–' : duration(run.durationMs)}
      </ListCell>
    </ListRow>
  );
}
