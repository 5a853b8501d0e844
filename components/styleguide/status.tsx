'use client';

import { CircleCheck } from 'lucide-react';
import { useNow, useTranslations } from 'next-intl';
import { Badge, type Tone } from '#components/ui/badge.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { ProgressBar } from '#components/ui/progress-bar.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import { Part } from './part.tsx';
import { State } from './state.tsx';

const TONES: readonly Tone[] = ['neutral', 'accent', 'success', 'waiting', 'failed', 'changed'];

/** The message of each tone's sample word. */
const WORDS = { neutral: 'neutral', accent: 'accent', success: 'succeeded', waiting: 'waiting', failed: 'failed', changed: 'changed' } as const satisfies Record<Tone, string>;

const MINUTE = 60_000;

/** How things stand, and how far they are. */
export function Status() {
  const t = useTranslations('styleguide');
  const now = useNow();
  return (
    <>
      <Part name="Badge, StatusDot">
        {TONES.map((tone) => (
          <State key={tone} label={tone}>
            <span className="flex items-center gap-3">
              <Badge tone={tone}>{t(`sample.${WORDS[tone]}`)}</Badge>
              <span className="flex items-center gap-1.5 text-sm">
                <StatusDot tone={tone} />
                {t(`sample.${WORDS[tone]}`)}
              </span>
            </span>
          </State>
        ))}
        <State label={t('states.icon')}>
          <Badge tone="success" icon={<CircleCheck aria-hidden />}>
            {t('sample.succeeded')}
          </Badge>
        </State>
        <State label={t('states.busy')}>
          <span className="flex items-center gap-1.5 text-sm">
            <StatusDot tone="changed" pulse />
            {t('sample.changed')}
          </span>
        </State>
      </Part>
      <Part name="Spinner, TimeAgo">
        <State label={t('states.labelled')}>
          <Spinner label={t('sample.loading')} className="text-lg" />
        </State>
        <State label="TimeAgo">
          <TimeAgo at={new Date(now.getTime() - 3 * MINUTE)} className="text-sm" />
        </State>
        <State label="TimeAgo">
          <TimeAgo at={new Date(now.getTime() - 9 * 24 * 60 * MINUTE)} className="text-sm" />
        </State>
      </Part>
      <Part name="ProgressBar" columns={3}>
        <State label={t('states.empty')} fill>
          <ProgressBar value={0} max={1200} label={t('sample.records')} />
        </State>
        <State label={t('states.half')} fill>
          <ProgressBar value={600} max={1200} label={t('sample.records')} />
        </State>
        <State label={t('states.done')} fill>
          <ProgressBar value={1200} max={1200} label={t('sample.records')} />
        </State>
      </Part>
      <Part name="Skeleton, ListSkeleton" columns={2}>
        <State label={t('states.loading')} fill>
          <Skeleton className="w-48" />
          <Skeleton className="w-32" />
        </State>
        <State label={t('states.loading')} fill>
          <ListSkeleton rows={3} />
        </State>
      </Part>
    </>
  );
}
