'use client';

import { ChevronRight } from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useCan } from '#components/shell/session-context.tsx';
import { cn } from '#components/ui/cn.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { RunView } from '#server/views/run.ts';
import { AnswerReason } from './answer-reason.tsx';
import { useFailureText } from './use-failure-text.ts';

interface FailureCardProps {
  run: RunView;
  doc: FlowDocument | null;
  onOpenStep: (nodeId: string) => void;
}

const LISTED = 5;

/** A failure told in four parts: what happened, to which record, what the system does next, what the reader can do. */
export function FailureCard({ run, doc, onOpenStep }: FailureCardProps) {
  const t = useTranslations('runs.failure');
  const format = useFormatter();
  const now = useNow({ updateInterval: 1_000 });
  const failureText = useFailureText();
  const canRetry = useCan('run:retry');
  const failedStep = run.steps.findLast((step) => step.state !== 'succeeded' || step.recordsFailed > 0);
  const label = (nodeId: string) => doc?.nodes.find((node) => node.id === nodeId)?.label ?? nodeId;
  const kind = run.failureClass ?? 'bug';
  const waiting = run.state === 'waiting' || run.state === 'running';
  const open = run.exceptions.filter((exception) => exception.state === 'open');
  return (
    <section
      aria-label={t('title')}
      className={cn('mx-4 mb-4 rounded-lg px-4 py-3 sm:mx-6', waiting ? 'bg-waiting-tint' : 'bg-failed-tint')}
    >
      <h2 className={cn('text-base font-semibold', waiting ? 'text-waiting' : 'text-failed')}>
        {failureText({ class: run.failureClass, code: run.failureCode, message: run.failureMessage })}
      </h2>
      {run.failureMessage !== null && run.failureMessage !== '' && run.failureCode !== 'raised' && <AnswerReason message={run.failureMessage} className="mt-1" />}
      <dl className="mt-3 grid gap-x-6 gap-y-0.5 text-sm md:grid-cols-[auto_minmax(0,1fr)] md:gap-y-2 max-md:[&_dt]:mt-2">
        {failedStep !== undefined && (
          <>
            <dt className="text-text-muted">{t('where')}</dt>
            <dd>
              <button type="button" onClick={() => onOpenStep(failedStep.nodeId)} className="inline-flex items-center gap-0.5 rounded-sm font-medium underline decoration-border-strong underline-offset-4 hover:decoration-current">
                {label(failedStep.nodeId)}
                <ChevronRight aria-hidden className="size-3.5" />
              </button>
            </dd>
          </>
        )}
        {open.length > 0 && (
          <>
            <dt className="text-text-muted">{t('records')}</dt>
            <dd>
              <ul>
                {open.slice(0, LISTED).map((exception) => (
                  <li key={exception.id} className="break-words">
                    <span className="font-medium">{t('record', { key: exception.recordKey })}</span>
                    {': '}
                    {exception.message === run.failureMessage || exception.message === '' ? failureText(exception) : exception.message}
                  </li>
                ))}
                {open.length > LISTED && <li className="text-text-muted">{t('moreRecords', { count: open.length - LISTED })}</li>}
              </ul>
            </dd>
          </>
        )}
        <dt className="text-text-muted">{t('next')}</dt>
        <dd>
          {run.nextAttemptAt !== null && waiting && new Date(run.nextAttemptAt) > now
            ? t('nextAttempt', { when: format.relativeTime(new Date(run.nextAttemptAt), now), number: run.attempt + 1 })
            : waiting
              ? t('nextSoon')
              : t(`class.${kind}.next`)}
        </dd>
        <dt className="text-text-muted">{t('you')}</dt>
        <dd>{waiting ? t('youWait') : canRetry ? t(`class.${kind}.you`) : t('youViewer')}</dd>
      </dl>
    </section>
  );
}
