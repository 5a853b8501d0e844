'use client';

import { useTranslations } from 'next-intl';
import { ResultCell } from './result-cell.tsx';
import { useRoomData } from './room-data.ts';
import { sentenceText, useSentence } from './use-sentence.ts';

/** The mapping to read on a phone: every rule as a sentence with its result. */
export function PhoneMapper() {
  const t = useTranslations('mapping.room');
  const say = useSentence();
  const { placed, preview, verdicts } = useRoomData();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <p className="border-b border-border bg-surface-2 px-4 py-2 text-xs text-text-muted">{t('phoneHint')}</p>
      <ol aria-label={t('target')} className="divide-y divide-border">
        {placed.map(({ rule, target }) => (
          <li key={rule.id} className="flex flex-col gap-0.5 px-4 py-2.5">
            <span className="text-sm font-medium break-words">{target ?? t('noTarget')}</span>
            <span className="text-xs break-words text-text-muted">← {sentenceText(say(rule))}</span>
            {rule.source.type !== 'forEach' && <ResultCell preview={preview?.rules[rule.id]} verdicts={verdicts.filter(({ expectation }) => expectation.target.replaceAll(/\[\d+\]/g, '[]') === target)} />}
          </li>
        ))}
      </ol>
      {placed.length === 0 && <p className="p-6 text-center text-sm text-text-muted">{t('emptyTitle')}</p>}
    </div>
  );
}
