'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';

interface PageFailureProps {
  error: unknown;
  onRetry: () => void;
}

/** In the place of a page that broke. */
export function PageFailure({ error, onRetry }: PageFailureProps) {
  const t = useTranslations('common');
  const digest = digestOf(error);
  return (
    <div className="flex min-h-80 flex-1 items-center justify-center">
      <EmptyState
        tone="failed"
        icon={<TriangleAlert />}
        title={t('failure.title')}
        action={
          <Button variant="primary" onClick={onRetry}>
            {t('tryAgain')}
          </Button>
        }
      >
        {digest === undefined ? t('failure.textNoDigest') : t('failure.text', { digest })}
      </EmptyState>
    </div>
  );
}

/** Next's number of the error in the server's log: what support can look up. */
function digestOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'digest' in error && typeof error.digest === 'string' ? error.digest : undefined;
}
