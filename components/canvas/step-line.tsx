import { useFormatter, useTranslations } from 'next-intl';
import { StatusDot } from '#components/ui/status-dot.tsx';
import type { StepMark } from './kind-info.ts';
import { useDuration } from '#components/i18n/use-duration.ts';

const TONES = { succeeded: 'success', failed: 'failed', waiting: 'waiting', running: 'changed' } as const;

/** What a run did at a node, in one line: state, records in and out, records failed, time. */
export function StepLine({ step }: { step: StepMark }) {
  const t = useTranslations('designer.step');
  const format = useFormatter();
  const duration = useDuration();
  return (
    <p className="weft-detail flex items-center gap-1.5 border-t border-border px-3 py-1 text-2xs text-text-muted">
      <StatusDot tone={TONES[step.state]} />
      <span className="font-medium text-text">{t(`state.${step.state}`)}</span>
      <span>{t('records', { in: format.number(step.recordsIn), out: format.number(step.recordsOut) })}</span>
      {step.recordsFailed > 0 && <span className="font-medium text-failed">{t('failed', { count: step.recordsFailed })}</span>}
      <span className="ml-auto">{duration(step.durationMs)}</span>
    </p>
  );
}
