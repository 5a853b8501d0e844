'use client';

import { useTranslations } from 'next-intl';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { stringifyJson } from '#engine/flow/json.ts';
import type { MappingPreview } from '#engine/mapping/preview-mapping.ts';

/** The record that leaves, for the sample. */
export function ResultPane({ preview }: { preview: MappingPreview | null }) {
  const t = useTranslations('mapping');
  if (preview === null) return null;
  const count = preview.errors.length;
  return (
    <section aria-label={t('result')} className="min-w-0 @3xl:sticky @3xl:top-0 @3xl:self-start">
      <h4 className="mb-1 flex items-baseline gap-2 text-xs font-medium">
        {t('result')}
        {count > 0 && <span className="font-normal text-failed">{t('resultErrors', { count })}</span>}
      </h4>
      <CodeBlock text={stringifyJson(preview.output, 2)} />
    </section>
  );
}
