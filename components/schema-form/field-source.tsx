'use client';

import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** Where a field comes from: the vendor's document or the standard that says what it means. */
export function FieldSource({ url }: { url: string }) {
  const t = useTranslations('forms');
  const name = nameOf(url);
  return (
    <a href={url} target="_blank" rel="noreferrer" className="inline-flex items-center gap-0.5 whitespace-nowrap text-text-muted underline decoration-border-strong underline-offset-2 hover:text-text">
      {name}
      <ExternalLink aria-hidden className="size-3" />
      <span className="sr-only">{t('opensTab')}</span>
    </a>
  );
}

/** `RFC 9110` for the standard itself, else the document's site. */
function nameOf(text: string): string {
  const rfc = /rfc(\d+)/i.exec(text)?.[1];
  if (rfc !== undefined) return `RFC ${rfc}`;
  return URL.parse(text)?.hostname.replace(/^www\./, '') ?? text;
}
