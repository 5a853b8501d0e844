'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type { FailureClass } from '#engine/nodes/step.ts';

export interface FailureFacts {
  class: FailureClass | null;
  code: string | null;
  message: string | null;
}

/**
 * What went wrong, as a sentence. Known codes have their own text; statuses of a vendor's answer share one;
 * a code without a text falls back to its class. What the other side said is kept apart: it is evidence, not our words. What the
 * flow itself was made to say is the sentence.
 */
export function useFailureText(): (failure: FailureFacts) => string {
  const t = useTranslations('runs.failure');
  return useCallback(
    (failure) => {
      const code = failure.code ?? '';
      if (code === 'raised' && failure.message !== null && failure.message.trim() !== '') return failure.message;
      if (code !== '' && t.has(`code.${code}`)) return t(`code.${code}`);
      const status = /^http_(\d{3})$/.exec(code)?.[1];
      if (status !== undefined) return t('httpStatus', { status });
      return failure.class === null ? t('unknown') : t(`class.${failure.class}.what`);
    },
    [t],
  );
}
