'use client';

import { useTranslations } from 'next-intl';
import { Badge } from '#components/ui/badge.tsx';
import { JsonTree } from '#components/ui/json-tree.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import type { ExceptionView } from '#server/views/run.ts';
import { AnswerReason } from './answer-reason.tsx';
import { useFailureText } from './use-failure-text.ts';

/** Records that need a person: why, and the record as it was. */
export function ExceptionList({ exceptions }: { exceptions: readonly ExceptionView[] }) {
  const t = useTranslations('runs');
  const failureText = useFailureText();
  return (
    <ul className="divide-y divide-border">
      {exceptions.map((exception) => (
        <li key={exception.id} className="flex flex-col gap-2 p-4">
          <div className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{t('failure.record', { key: exception.recordKey })}</span>
            <Badge tone={exception.state === 'open' ? 'failed' : 'success'}>{t(`exceptionState.${exception.state}`)}</Badge>
            <TimeAgo at={exception.openedAt} className="text-xs text-text-muted" />
          </div>
          <p>{failureText(exception)}</p>
          {exception.message !== '' && exception.code !== 'raised' && <AnswerReason message={exception.message} className="text-text-muted" />}
          <JsonTree text={exception.dataText} label={t('failure.record', { key: exception.recordKey })} openDepth={1} />
        </li>
      ))}
    </ul>
  );
}
