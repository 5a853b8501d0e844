'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

/** How people call a failed record: its business keys, else its place in the event. */
export function useExceptionName(): (exception: { businessKeys: readonly string[]; recordKey: string }) => string {
  const t = useTranslations('exceptions');
  return useCallback(
    ({ businessKeys, recordKey }) => {
      const keys = businessKeys.join(' · ');
      // One event may hold many records; the first needs no number.
      if (keys === '') return t('recordKey', { key: recordKey });
      return recordKey === '0' ? keys : `${keys} (${t('recordKey', { key: recordKey })})`;
    },
    [t],
  );
}
