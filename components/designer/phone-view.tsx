'use client';

import { useTranslations } from 'next-intl';
import { OutlinePane } from './outline/outline-pane.tsx';

/** The flow on a phone: its outline, to read. */
export function PhoneView() {
  const t = useTranslations('outline');
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <p className="border-b border-border bg-surface-2 px-4 py-2 text-xs text-text-muted">{t('phone')}</p>
      <div className="min-h-0 flex-1">
        <OutlinePane reading />
      </div>
    </div>
  );
}
