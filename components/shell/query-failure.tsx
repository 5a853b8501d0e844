'use client';

import { CloudOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

/** In the place of a list or page that could not be read: why, and another try. */
export function QueryFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations('common');
  const errorText = useErrorText();
  return (
    <EmptyState tone="failed" icon={<CloudOff />} title={t('failure.listTitle')} action={<Button onClick={onRetry}>{t('tryAgain')}</Button>}>
      {errorText(error)}
    </EmptyState>
  );
}
