'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { JsonTree } from '#components/ui/json-tree.tsx';
import { stringifyJson, type Json } from '#engine/flow/json.ts';
import { askFormula } from './ask-formula.ts';
import type { FormulaAnswer } from './formula-answer.ts';

/** While somebody types, the last result stays for this long. */
const CALM_MS = 150;

/** What a formula gives for the sample, as it is typed. */
export function FormulaResult({ expression, sample }: { expression: string; sample: Json | undefined }) {
  const t = useTranslations('forms.formula');
  const [answer, setAnswer] = useState<FormulaAnswer | null>(null);
  const empty = expression.trim() === '';
  useEffect(() => {
    if (empty || sample === undefined) return;
    let stopped = false;
    const timer = setTimeout(() => {
      void askFormula(expression, stringifyJson(sample)).then((said) => {
        if (!stopped) setAnswer(said);
      });
    }, CALM_MS);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [expression, sample, empty]);
  if (empty) return null;
  if (sample === undefined) return <p className="text-xs text-text-muted">{t('noSample')}</p>;
  if (answer === null) return null;
  return (
    <div role="status" aria-label={t('result')} className="flex flex-col gap-1">
      {answer.state === 'value' && <JsonTree text={answer.text} label={t('result')} bare openDepth={1} />}
      {answer.state === 'nothing' && <p className="text-xs text-text-muted">{t('nothing')}</p>}
      {answer.state === 'slow' && <p className="text-xs text-failed">{t('slow')}</p>}
      {answer.state === 'fault' && (
        <p className="text-xs break-words text-failed">
          {answer.message === 'function' ? t('function') : answer.position === null ? answer.message : t('faultAt', { message: answer.message, position: answer.position })}
        </p>
      )}
    </div>
  );
}
