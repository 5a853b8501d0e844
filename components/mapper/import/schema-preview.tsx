'use client';

import { useTranslations } from 'next-intl';
import type { SchemaDoc, SchemaField } from '#engine/schema/schema-doc.ts';
import { TypeIcon } from '../room/type-icon.tsx';

const MOST = 200;

/** The fields a schema would bring, before it is taken. */
export function SchemaPreview({ schema }: { schema: SchemaDoc | null }) {
  const t = useTranslations('mapping.import');
  const lines = schema === null ? [] : linesOf(schema.fields, 0);
  const count = schema === null ? 0 : countFields(schema.fields);
  return (
    <section aria-label={t('preview')} className="flex min-h-0 flex-col rounded-md border border-border">
      <h3 className="border-b border-border bg-surface-2 px-2.5 py-1.5 text-xs font-medium">{schema === null ? t('preview') : t('fields', { count })}</h3>
      {schema === null ? (
        <p className="p-2.5 text-xs text-text-muted">{t('previewEmpty')}</p>
      ) : (
        <ul className="max-h-96 overflow-y-auto py-1">
          {lines.slice(0, MOST).map(({ field, depth }, index) => (
            <li key={index} className="flex items-center gap-1.5 px-2 py-0.5 text-xs" style={{ paddingLeft: 8 + depth * 12 }}>
              <TypeIcon type={field.type} />
              <span className="truncate">{field.name}</span>
              {field.required === true && <span className="text-text-muted">*</span>}
            </li>
          ))}
          {lines.length > MOST && <li className="px-2 py-1 text-xs text-text-muted">{t('more', { count: lines.length - MOST })}</li>}
        </ul>
      )}
    </section>
  );
}

export function countFields(fields: readonly SchemaField[]): number {
  return fields.reduce((sum, { fields: inner = [] }) => sum + 1 + countFields(inner), 0);
}

function linesOf(fields: readonly SchemaField[], depth: number): { field: SchemaField; depth: number }[] {
  return fields.flatMap((field) => [{ field, depth }, ...linesOf(field.fields ?? [], depth + 1)]);
}
