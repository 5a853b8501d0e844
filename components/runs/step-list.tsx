'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { kindOf } from '#components/canvas/kind-info.ts';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import { useDuration } from '#components/i18n/use-duration.ts';
import { cn } from '#components/ui/cn.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Select } from '#components/ui/select.tsx';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { RunView } from '#server/views/run.ts';
import { StateMark } from './state-mark.tsx';
import { type TimelineEntry, timeline } from './timeline.ts';

interface StepListProps {
  run: RunView;
  doc: FlowDocument | null;
  attempt: number;
  selected: string | null;
  onSelect: (nodeId: string) => void;
  onAttempt: (attempt: number) => void;
}

/** The steps in time, each with what went in and out; nodes that were not reached are said to be so. */
export function StepList({ run, doc, attempt, selected, onSelect, onAttempt }: StepListProps) {
  const t = useTranslations('runs');
  const entries = useMemo(() => timeline(doc, run.steps, attempt), [doc, run.steps, attempt]);
  return (
    <section aria-labelledby="steps" className="pb-6">
      <div className="flex h-11 items-center justify-between gap-3 px-4 sm:px-6">
        <h2 id="steps" className="text-sm font-semibold">
          {t('steps')}
        </h2>
        {run.attempts.length > 1 && (
          <Select
            size="sm"
            className="w-36!"
            aria-label={t('attempts')}
            value={String(attempt)}
            onValueChange={(value) => onAttempt(Number(value))}
            options={run.attempts.map((number) => ({ value: String(number), label: t('attempt', { number }) }))}
          />
        )}
      </div>
      {entries.length === 0 ? (
        <EmptyState title={t('noStepsTitle')} className="py-8">
          {t('noStepsText')}
        </EmptyState>
      ) : (
        <ol className="divide-y divide-border border-y border-border">
          {entries.map((entry) => (
            <StepRow key={entry.node.id} entry={entry} selected={entry.node.id === selected} onSelect={onSelect} />
          ))}
        </ol>
      )}
    </section>
  );
}

function StepRow({ entry, selected, onSelect }: { entry: TimelineEntry; selected: boolean; onSelect: (nodeId: string) => void }) {
  const t = useTranslations('runs');
  const format = useFormatter();
  const duration = useDuration();
  const { node, step } = entry;
  const { icon, group } = kindOf(node);
  const facts =
    step === null ? (
      <span className="text-text-muted">{t('notReached')}</span>
    ) : (
      <>
        <StateMark state={step.state} />
        <span className="text-text-muted md:text-right">
          {t('inOut', { in: format.number(step.recordsIn), out: format.number(step.recordsOut) })}
          {step.recordsFailed > 0 && <span className="font-semibold text-failed"> · {t('recordsFailed', { count: step.recordsFailed })}</span>}
        </span>
        <span aria-hidden className="relative hidden h-1.5 rounded-full bg-surface-3 md:block">
          <span
            className={cn('absolute inset-y-0 min-w-1 rounded-full', step.state === 'succeeded' ? 'bg-border-strong' : 'bg-failed')}
            style={{ left: `${Math.min(98, entry.offset * 100)}%`, width: `${Math.max(2, Math.min(100, entry.width * 100))}%` }}
          />
        </span>
        <span className="text-right text-text-muted max-md:hidden">{duration(step.durationMs)}</span>
      </>
    );
  return (
    <li>
      <button
        type="button"
        disabled={step === null}
        aria-pressed={selected}
        onClick={() => onSelect(node.id)}
        className={cn(
          'grid w-full grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-4 px-4 py-2 text-left -outline-offset-2 sm:px-6',
          'md:min-h-11 md:grid-cols-[minmax(0,1fr)_7rem_8rem_minmax(3rem,8rem)_4.5rem]',
          selected ? 'bg-accent-tint' : step !== null && 'hover:bg-surface-2',
        )}
      >
        <span className="flex min-w-0 items-center gap-2">
          <NodeIcon icon={icon} group={group} size="sm" />
          <span className={cn('truncate', step === null ? 'text-text-muted' : 'font-medium')}>{node.label}</span>
        </span>
        {facts}
      </button>
    </li>
  );
}
