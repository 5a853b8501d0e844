'use client';

import { CircleAlert, Pin } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { exampleOf } from '#components/schema-form/sample-paths.ts';
import { cn } from '#components/ui/cn.ts';
import type { RulePreview } from '#engine/mapping/preview-mapping.ts';
import { useMappingFault } from '../use-mapping-fault.ts';
import type { ExpectationResult } from '#engine/mapping/expectations.ts';

interface ResultCellProps {
  preview: RulePreview | undefined;
  verdicts: readonly ExpectationResult[];
}

/** What a row gives for the sample, its failures, and what was pinned there. */
export function ResultCell({ preview, verdicts }: ResultCellProps) {
  const t = useTranslations('mapping');
  const fault = useMappingFault();
  const broken = verdicts.find(({ state }) => state === 'broken');
  if (broken !== undefined) {
    const text = t('room.expectedNow', { expected: exampleOf(broken.expectation.value), now: broken.actual === null ? t('room.empty') : exampleOf(broken.actual) });
    return (
      <span className="flex min-w-0 items-center gap-1 text-xs text-failed" title={text}>
        <Pin aria-hidden className="size-3 shrink-0" />
        <span className="truncate">{text}</span>
      </span>
    );
  }
  const first = preview?.outcomes[0];
  const failed = preview?.outcomes.find((outcome) => outcome.state === 'failed');
  const pin = verdicts.length > 0 && <Pin aria-label={t('room.pinned')} className="size-3 shrink-0 text-success" />;
  if (preview === undefined || first === undefined) return pin === false ? null : <span>{pin}</span>;
  if (failed?.state === 'failed') {
    const text = fault(failed.error);
    const unfinished = failed.error.code === 'rule_unfinished';
    return (
      <span className={cn('flex min-w-0 items-center gap-1 text-xs', unfinished ? 'text-waiting' : 'text-failed')} title={text}>
        <CircleAlert aria-hidden className="size-3.5 shrink-0" />
        <span className="truncate">{text}</span>
        {preview.failed > 1 && <span className="shrink-0 tabular-nums">×{preview.failed}</span>}
      </span>
    );
  }
  const shown = preview.outcomes.find((outcome) => outcome.state === 'filled') ?? first;
  const text = shown.state === 'filled' ? exampleOf(shown.value) : t(shown.state === 'skipped' ? `skipped.${shown.reason}` : 'skipped.missing');
  return (
    <span className="flex min-w-0 items-center gap-1 text-xs">
      {pin}
      <output className={cn('truncate', shown.state === 'filled' ? 'font-mono text-text' : 'text-text-muted italic')} title={text}>
        {text === '' ? '""' : text}
      </output>
      {preview.count > 1 && <span className="shrink-0 text-2xs text-text-muted">{t('moreItems', { count: preview.count - 1 })}</span>}
    </span>
  );
}
