'use client';

import { useFormatter, useNow, useTranslations } from 'next-intl';
import type { FlowNode } from '#engine/flow/document.ts';
import { checkSchedule, nextFirings } from '#engine/nodes/schedule.ts';

/** The next five firings of a schedule, in its own zone. */
export function SchedulePreview({ config }: { config: FlowNode['config'] }) {
  const t = useTranslations('designer.schedule');
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { cron, timeZone } = config;
  if (typeof cron !== 'string' || typeof timeZone !== 'string' || checkSchedule(cron, timeZone) !== null) return null;
  const firings = nextFirings({ cron, timeZone, from: now, count: 5 });
  return (
    <section aria-label={t('next')} className="rounded-md border border-border bg-surface-2 p-3">
      <h3 className="text-xs font-medium">{t('next')}</h3>
      <ol className="mt-1.5 flex flex-col gap-0.5 text-xs">
        {firings.map((firing) => (
          <li key={firing.getTime()}>
            <time dateTime={firing.toISOString()}>
              {format.dateTime(firing, { timeZone, weekday: 'short', day: '2-digit', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short', hourCycle: 'h23' })}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
