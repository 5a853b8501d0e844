'use client';

import { useTranslations } from 'next-intl';
import { cn } from '#components/ui/cn.ts';
import { RETAIL_ENTITIES, RETAIL_SCHEMAS } from '#engine/retail/retail-schemas.ts';
import type { SchemaDoc } from '#engine/schema/schema-doc.ts';
import { countFields } from './schema-preview.tsx';
import { useSchemaName } from '../room/use-schema-name.ts';

/** The entities of the retail model, to choose one from. */
export function RetailChoice({ chosen, onChoose }: { chosen: SchemaDoc | null; onChoose: (schema: SchemaDoc) => void }) {
  const t = useTranslations('mapping.import');
  const nameOf = useSchemaName();
  return (
    <div role="radiogroup" aria-label={t('fromRetail')} className="grid gap-1 sm:grid-cols-2">
      {RETAIL_ENTITIES.map((entity) => {
        const schema = RETAIL_SCHEMAS[entity];
        const on = chosen === schema;
        return (
          <button
            key={entity}
            type="button"
            role="radio"
            aria-checked={on}
            onClick={() => onChoose(schema)}
            className={cn('flex items-baseline justify-between gap-2 rounded-md border px-2.5 py-1.5 text-left text-sm', on ? 'border-accent bg-accent-tint' : 'border-border hover:bg-surface-2')}
          >
            <span className="truncate">{nameOf(schema)}</span>
            <span className="shrink-0 text-2xs text-text-muted tabular-nums">{t('fields', { count: countFields(schema.fields) })}</span>
          </button>
        );
      })}
    </div>
  );
}
