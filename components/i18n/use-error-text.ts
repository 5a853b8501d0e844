'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { readAppError } from '#components/trpc/app-error.ts';

/**
 * Turns anything the API threw into a sentence: the most specific text of the messages `errors.<code>`,
 * narrowed by the reason the server gave (`errors.<code>_<reason>`) where one is written.
 */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations('errors');
  return useCallback(
    (error) => {
      const { code, params } = readAppError(error);
      const values = Object.fromEntries(
        Object.entries(params).filter((entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number'),
      );
      const reason = values['reason'];
      const narrow = typeof reason === 'string' ? `${code}_${reason}` : code;
      if (t.has(narrow)) return t(narrow, values);
      return t.has(code) ? t(code, values) : t('internal');
    },
    [t],
  );
}
