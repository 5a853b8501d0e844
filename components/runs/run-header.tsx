'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useDuration } from '#components/i18n/use-duration.ts';
import { PageHeader } from '#components/shell/page-header.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { cn } from '#components/ui/cn.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import type { RunView } from '#server/views/run.ts';
import { RunAgain } from './run-again.tsx';
import { StateMark } from './state-mark.tsx';

interface RunHeaderProps {
  run: RunView;
  onRetried: () => void;
}

/** What the run is: state, flow and version, what it was about, when, from which event. */
export function RunHeader({ run, onRetried }: RunHeaderProps) {
  const t = useTranslations('runs');
  const again = useTranslations('replays');
  const duration = useDuration();
  const canRetry = useCan('run:retry');
  const canOpenFlow = useCan('flow:edit');
  const title = run.businessKeys.length === 0 ? t('runTitle') : run.businessKeys.join(' · ');
  return (
    <PageHeader
      trail={[{ label: t('title'), href: '/runs' }]}
      title={title}
      aside={<StateMark state={run.state} className="text-base" />}
      actions={canRetry && (run.state === 'failed' || run.state === 'succeeded') ? <RunAgain run={run} onRetried={onRetried} /> : undefined}
    >
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2 text-sm sm:flex sm:flex-wrap">
        <Fact label={t('flow')}>
          {canOpenFlow ? (
            <Link href={`/flows/${run.flowId}?run=${run.id}`} className="font-medium hover:underline">
              {run.flowName}
            </Link>
          ) : (
            <span className="font-medium">{run.flowName}</span>
          )}{' '}
          <span className="text-text-muted">{t('version', { number: run.versionNumber })}</span>
        </Fact>
        <Fact label={t('retailer')}>{run.retailerName}</Fact>
        <Fact label={t('trigger')}>{t(`triggers.${run.trigger}`)}</Fact>
        <Fact label={t('started')}>
          <Moment at={run.startedAt} retailerId={run.retailerId} />
        </Fact>
        <Fact label={t('duration')}>{run.durationMs === null ? '–' : duration(run.durationMs)}</Fact>
        <Fact label={t('attempts')}>{run.attempt}</Fact>
        {run.originRunId !== null && (
          <Fact label={again('origin')}>
            <Link href={`/runs/${run.originRunId}`} className="font-mono text-xs underline decoration-border-strong underline-offset-4">
              {run.originRunId.slice(0, 13)}
            </Link>
          </Fact>
        )}
        {run.reruns.length > 0 && (
          <Fact label={again('reruns')}>
            <span className="flex flex-wrap gap-x-3">
              {run.reruns.slice(0, 3).map((rerun) => (
                <Link key={rerun.id} href={`/runs/${rerun.id}`} className="inline-flex items-center gap-1 underline decoration-border-strong underline-offset-4">
                  <StateMark state={rerun.state} className="text-xs" />
                </Link>
              ))}
            </span>
          </Fact>
        )}
        <Fact label={t('event')} wide>
          <span className="inline-flex items-center gap-1">
            <span className="font-mono text-xs" title={run.event.id}>
              {run.event.deliveryId ?? run.event.id}
            </span>
            <CopyButton text={run.event.deliveryId ?? run.event.id} label={t('copyEvent')} className="-my-1" />
          </span>
        </Fact>
      </dl>
    </PageHeader>
  );
}

function Fact({ label, wide = false, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={cn('min-w-0', wide && 'max-sm:col-span-2')}>
      <dt className="text-xs text-text-muted">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

/** A moment in the reader's zone; in the retailer's on hover and focus. */
function Moment({ at, retailerId }: { at: string; retailerId: string }) {
  const t = useTranslations('runs');
  const format = useFormatter();
  const trpc = useTrpc();
  const retailer = useQuery(trpc.retailer.get.queryOptions({ retailerId }, { staleTime: Number.POSITIVE_INFINITY }));
  const date = new Date(at);
  const zone = retailer.data?.timeZone;
  const text = <time dateTime={at}>{format.dateTime(date, 'moment')}</time>;
  if (zone === undefined) return text;
  return (
    <Tooltip content={t('inZone', { time: format.dateTime(date, 'moment', { timeZone: zone }), zone })}>
      <button type="button" className="cursor-help! rounded-sm underline decoration-border-strong decoration-dotted underline-offset-4">
        {text}
      </button>
    </Tooltip>
  );
}
