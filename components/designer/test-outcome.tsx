'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useDuration } from '#components/i18n/use-duration.ts';
import { useFailureText } from '#components/runs/use-failure-text.ts';
import { StatusDot } from '#components/ui/status-dot.tsx';
import { useDesigner, useDesignerStore } from './use-designer.ts';
import { indexOf } from './doc-index.ts';

interface TestOutcomeProps {
  error: unknown;
  running: boolean;
  startedAt: number | null;
  /** What it did stands right below. */
  brief?: boolean;
}

/** How the last test went, in a sentence, with a way to each node that failed. */
export function TestOutcome({ error, running, startedAt, brief = false }: TestOutcomeProps) {
  const t = useTranslations('designer.test');
  const errorText = useErrorText();
  const duration = useDuration();
  const failureText = useFailureText();
  const store = useDesignerStore();
  const test = useDesigner((state) => state.test);
  const queued = useDesigner((state) => state.testing?.queued ?? false);
  const doc = useDesigner((state) => state.doc);
  if (error !== null && error !== undefined) {
    return (
      <p role="alert" className="text-xs text-failed">
        {errorText(error)}
      </p>
    );
  }
  if (running) return <Progress startedAt={startedAt} waiting={queued} />;
  const result = test?.view.result;
  if (test === null || result === null || result === undefined) {
    return test?.view.state === 'failed' ? <p className="text-xs text-failed">{t('failedToRun')}</p> : <p className="text-xs text-text-muted">{t('hint')}</p>;
  }
  const failed = result.steps.filter((step) => step.recordsFailed > 0 || step.state === 'failed');
  return (
    <div role="status" className="flex flex-col gap-1 text-xs">
      <p className="flex items-center gap-1.5 font-medium">
        <StatusDot tone={result.state === 'succeeded' ? 'success' : result.state === 'failed' ? 'failed' : 'waiting'} />
        {t(`outcome.${result.state}`, { time: duration(result.durationMs) })}
      </p>
      {result.failure !== undefined && (
        <p className="break-words text-failed">
          {failureText({ ...result.failure, class: null })}: <span className="font-mono">{result.failure.message}</span>
        </p>
      )}
      {failed.map((step) => (
        <button key={step.nodeId} type="button" className="text-left text-failed hover:underline" onClick={() => store.getState().select([step.nodeId])}>
          {t('failedAt', { node: indexOf(doc).node(step.nodeId)?.label ?? step.nodeId })}
          {step.failures[0] !== undefined && `: ${failureText(step.failures[0])}`}
        </button>
      ))}
      {!brief && <p className="text-text-muted">{t('look')}</p>}
    </div>
  );
}

function Progress({ startedAt, waiting }: { startedAt: number | null; waiting: boolean }) {
  const t = useTranslations('designer.test');
  const duration = useDuration();
  const [now, setNow] = useState(startedAt ?? 0);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const passed = startedAt === null ? 0 : Math.max(0, now - startedAt);
  return (
    <p role="status" className="text-xs text-text-muted">
      {t(waiting ? 'queued' : 'running', { time: duration(passed) })}
      {waiting && passed > 5_000 && <span className="block">{t('slow')}</span>}
    </p>
  );
}
