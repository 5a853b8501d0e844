'use client';

import { CloudOff, Inbox, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { Part } from './part.tsx';
import { State } from './state.tsx';

/** What is said once, and what is said where nothing is. */
export function Notices() {
  const t = useTranslations('styleguide');
  const say = useToast();
  return (
    <>
      <Part name="Toast" columns={3}>
        <State label={t('states.default')}>
          <Button onClick={() => say({ tone: 'success', title: t('sample.toastDone'), action: { label: t('sample.undo'), onSelect: () => undefined } })}>{t('sample.toastShow')}</Button>
        </State>
        <State label={t('states.failed')}>
          <Button onClick={() => say({ tone: 'failed', title: t('sample.toastFailed'), detail: t('sample.toastDetail') })}>{t('sample.toastShowFailed')}</Button>
        </State>
      </Part>
      <Part name="EmptyState" columns={3}>
        <State label={t('states.empty')} fill>
          <EmptyState icon={<Inbox />} title={t('sample.emptyTitle')} className="rounded-md border border-border">
            {t('sample.emptyText')}
          </EmptyState>
        </State>
        <State label={t('states.filtered')} fill>
          <EmptyState icon={<SearchX />} title={t('sample.filteredTitle')} action={<Button>{t('sample.clear')}</Button>} className="rounded-md border border-border">
            {t('sample.filteredText')}
          </EmptyState>
        </State>
        <State label={t('states.failed')} fill>
          <EmptyState tone="failed" icon={<CloudOff />} title={t('sample.failedTitle')} action={<Button>{t('sample.tryAgain')}</Button>} className="rounded-md border border-border">
            {t('sample.failedText')}
          </EmptyState>
        </State>
      </Part>
    </>
  );
}
