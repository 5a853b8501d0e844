'use client';

import { useTranslations } from 'next-intl';
import type { SchemaField } from '#engine/schema/schema-doc.ts';

/** What a schema says about a field: its class and the system that owns it. */
export function FieldBadges({ field }: { field: SchemaField | null }) {
  const t = useTranslations('mapping.room');
  const words = useTranslations('retail.owners');
  if (field === null || (field.class === undefined && field.owner === undefined)) return null;
  const owner = field.owner !== undefined && words.has(field.owner) ? words(field.owner) : field.owner;
  return (
    <span className="flex min-w-0 shrink-[4] items-center gap-1 overflow-hidden text-2xs">
      {field.class !== undefined && <span className="shrink-0 rounded-sm bg-surface-3 px-1 leading-4 text-text-muted">{t(`classes.${field.class}`)}</span>}
      {owner !== undefined && (
        <span title={t('owner', { system: owner })} className="hidden truncate rounded-sm border border-border px-1 leading-4 text-text-muted @3xl:inline">
          {owner}
        </span>
      )}
    </span>
  );
}
