'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Spinner } from '#components/ui/spinner.tsx';

interface LookupStateProps {
  /** What can be chosen has been read. */
  known: boolean;
  /** It could not be read; another try. */
  retry: (() => void) | undefined;
  /** There is nothing to choose from, and why. */
  empty: string | undefined;
  help: ReactNode;
}

/** Below a choice that is looked up: that it is being read, that it could not be, that there is nothing, or what it is for. */
export function LookupState({ known, retry, empty, help }: LookupStateProps) {
  const t = useTranslations('forms.lookup');
  if (!known && retry !== undefined) {
    return (
      <span role="alert" className="text-failed">
        {t('failed')}{' '}
        <button type="button" className="font-medium underline underline-offset-2" onClick={retry}>
          {t('again')}
        </button>
      </span>
    );
  }
  if (!known) {
    return (
      <span className="inline-flex items-center gap-1.5">
        <Spinner label={t('loading')} className="size-3" />
        {t('loading')}
      </span>
    );
  }
  return empty ?? help ?? null;
}
