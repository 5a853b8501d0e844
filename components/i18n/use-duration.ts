'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

/** Milliseconds as a person says them: `840 ms`, `12.4 s`, `3 min 5 s`, `2 h 10 min`. */
export function useDuration(): (milliseconds: number) => string {
  const t = useTranslations('common.duration');
  return useCallback(
    (milliseconds) => {
      if (milliseconds < 1_000) return t('ms', { value: Math.round(milliseconds) });
      const seconds = milliseconds / 1_000;
      if (seconds < 59.95) return t('s', { value: seconds });
      const whole = Math.round(seconds);
      if (whole < 3_600) return t('min', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
      const minutes = Math.round(whole / 60);
      return t('h', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
    },
    [t],
  );
}
