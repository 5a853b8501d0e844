'use client';

import { useTranslations } from 'next-intl';
import { compileTemplate } from '#engine/flow/template.ts';
import { useFormWorld } from './form-world.ts';

const LONGEST = 300;

/** What a text with placeholders becomes for the sample; names those that find nothing in it. */
export function TemplatePreview({ text }: { text: string }) {
  const t = useTranslations('forms.template');
  const { sample } = useFormWorld();
  if (sample === undefined || !text.includes('{{')) return null;
  const compiled = compileTemplate(text);
  if (!compiled.ok) return null;
  const { template } = compiled;
  const missing = template.missing(sample);
  const shown = template.render(sample);
  return (
    <span className="flex min-w-0 flex-col gap-0.5 text-xs">
      <span className="min-w-0 font-mono break-all whitespace-pre-wrap text-text-muted">
        <span aria-hidden className="select-none">
          →{' '}
        </span>
        <span className="sr-only">{t('becomes')} </span>
        {shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown}
      </span>
      {missing.length > 0 && <span className="text-waiting">{t('missing', { fields: missing.join(', ') })}</span>}
    </span>
  );
}
