'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { readAppError } from '#components/trpc/app-error.ts';

/**
 * Turns anything the API threw into a sentence: the most specific text of the messages `errors.<code>`,
 * narrowed by the reason the server gave (`errors.<code>_<reason>`) where one is written.
 */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations('errors');
  const format = useFormatter();
  return useCallback(
    (error) => {
      const { code, params } = readAppError(error);
      const values: Record<string, string | number> = {};
      for (const [name, value] of Object.entries(params)) {
        if (typeof value === 'string' || typeof value === 'number') values[name] = value;
        else if (Array.isArray(value) && value.every((part) => typeof part === 'string')) values[name] = format.list(value, { type: 'conjunction' });
      }
      const reason = values['reason'];
      const narrow = typeof reason === 'string' ? `${code}_${reason}` : code;
      if (t.has(narrow)) return t(narrow, values);
      return t.has(code) ? t(code, values) : t('internal');
    },
    [t, format],
  );
}
