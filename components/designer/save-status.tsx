'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { cn } from '#components/ui/cn.ts';
import { useDesigner, useDesignerContext } from './use-designer.ts';

/** Whether the draft is on the server, in words and with the time. */
export function SaveStatus() {
  const t = useTranslations('designer.save');
  const errors = useTranslations('errors');
  const format = useFormatter();
  const { store, saver } = useDesignerContext();
  const save = useDesigner((state) => state.save);
  const readOnly = useDesigner((state) => state.readOnly);
  if (readOnly) return <span className="px-2 text-xs text-text-muted">{t('readOnly')}</span>;
  const reason = save.errorCode !== null && errors.has(save.errorCode) ? errors(save.errorCode) : '';
  const failed = save.status === 'retrying' || save.status === 'refused' || save.status === 'conflict';
  return (
    <span role="status" title={failed ? reason : undefined} className={cn('flex min-w-0 items-center gap-2 px-1 text-xs', failed ? 'text-failed' : 'text-text-muted')}>
      <span className="max-w-72 truncate max-lg:max-w-44">{text()}</span>
      {(save.status === 'refused' || save.status === 'retrying') && (
        <button type="button" className="font-medium underline" onClick={() => saver.send({ type: 'saveNow' })}>
          {t('again')}
        </button>
      )}
      {save.status === 'conflict' && (
        <button type="button" className="shrink-0 font-medium underline" onClick={() => store.setState({ conflictPutOff: null })}>
          {t('choose')}
        </button>
      )}
    </span>
  );

  function text(): string {
    switch (save.status) {
      case 'saved':
        return save.savedAt === null ? t('saved') : t('savedAt', { time: format.dateTime(new Date(save.savedAt), 'clock') });
      case 'dirty':
      case 'saving':
        return t('saving');
      case 'retrying':
      case 'refused':
        return t('notSaved', { reason });
      case 'conflict':
        return t('conflict');
    }
  }
}
