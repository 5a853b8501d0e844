'use client';

import { useFormatter, useNow, useTranslations } from 'next-intl';
import { z } from 'zod';
import type { FlowNode } from '#engine/flow/document.ts';
import { dateFromValue, inTimeZone } from '#engine/mapping/date-parts.ts';
import { type Blackout, blackoutSchema } from '#engine/nodes/schedule-trigger.ts';
import { checkSchedule, nextFirings } from '#engine/nodes/schedule.ts';

/** The next five firings of a schedule, in its own zone. */
export function SchedulePreview({ config }: { config: FlowNode['config'] }) {
  const t = useTranslations('designer.schedule');
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const { cron, timeZone } = config;
  if (typeof cron !== 'string' || typeof timeZone !== 'string' || checkSchedule(cron, timeZone) !== null) return null;
  const silent = z.array(blackoutSchema).safeParse(config['blackouts']).data ?? [];
  const firings = nextFirings({ cron, timeZone, from: now, count: 5 + silent.length * 200 })
    .filter((firing) => !isSilent(firing, timeZone, silent))
    .slice(0, 5);
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

/** Whether an instant falls into a silence, on the clock of the schedule's zone. */
function isSilent(firing: Date, timeZone: string, silent: readonly Blackout[]): boolean {
  const utc = dateFromValue(firing.getTime());
  const local = utc === null ? null : inTimeZone(utc, timeZone);
  if (local === null) return false;
  const { year, month, day, hour, minute } = local;
  const text = new Date(Date.UTC(year, month - 1, day, hour, minute)).toISOString().slice(0, 16);
  return silent.some(({ from, to }) => from <= text && text < to);
}
