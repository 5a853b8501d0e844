'use client';

import { useFormatter, useNow, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { useFailureText } from '#components/runs/use-failure-text.ts';
import type { WaitingView } from '#server/views/waiting.ts';

const TICK_MS = 1_000;

/** Why an event waits, as a sentence. */
export function useWaitingText(): (waiting: WaitingView) => string {
  const t = useTranslations('waiting');
  const format = useFormatter();
  const now = useNow({ updateInterval: TICK_MS });
  const failureText = useFailureText();
  return useCallback(
    (waiting) => {
      const until = waiting.until === null ? now : new Date(Math.max(new Date(waiting.until).getTime(), now.getTime() + TICK_MS));
      const name = waiting.ref?.kind === 'connection' ? waiting.ref.name : null;
      const values = {
        key: waiting.orderingKey ?? '',
        when: format.relativeTime(until, now),
        moment: format.dateTime(until, 'second'),
        cap: waiting.cap ?? 0,
        connection: name === null ? t('aConnection') : t('connection', { name }),
        failure: waiting.failureCode === null ? '' : failureText({ class: null, code: waiting.failureCode, message: null }),
      };
      return capital(t(waiting.code === 'retry' && waiting.failureCode !== null ? 'code.retryBecause' : `code.${waiting.code}`, values));
    },
    [t, format, now, failureText],
  );
}

/** A sentence may begin with the words for a connection that has no name. */
function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
