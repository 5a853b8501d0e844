'use client';

import { useTranslations } from 'next-intl';
import { JsonDetails } from './json-details.tsx';
import type { Sample } from './sample.ts';
import { useDesignerStore } from './use-designer.ts';

/** The record the pickers and previews of this node work on, where it came from, and how to get another. */
export function SamplePicker({ sample }: { sample: Sample | null }) {
  const t = useTranslations('designer.sample');
  const store = useDesignerStore();
  return (
    <section aria-label={t('label')} className="flex flex-col gap-1.5 border-t border-border pt-3">
      <div className="flex items-baseline justify-between gap-2">
        <h3 className="text-xs font-semibold">{t('label')}</h3>
        <button type="button" className="text-xs text-accent hover:underline" onClick={() => store.setState({ bottom: 'test' })}>
          {t('choose')}
        </button>
      </div>
      {sample === null ? (
        <p className="text-xs text-text-muted">{t('none')}</p>
      ) : (
        <>
          <p className="text-xs text-text-muted">{t(`origin.${sample.origin}`)}</p>
          <JsonDetails label={t('show')} value={sample.data} />
        </>
      )}
    </section>
  );
}
