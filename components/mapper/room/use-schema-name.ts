'use client';

import { useTranslations } from 'next-intl';
import type { SchemaDoc } from '#engine/schema/schema-doc.ts';

/** What a schema is called: built-in ones in the reader's language. */
export function useSchemaName(): (schema: Pick<SchemaDoc, 'name' | 'origin'>) => string {
  const t = useTranslations();
  return ({ name, origin }) => {
    const key = `retail.entities.${name}`;
    if (origin === 'retail' && t.has(`${key}.label`)) return t(`${key}.label`);
    if (origin === 'retail' && t.has(key)) return t(key);
    return name === '' ? t('mapping.room.unnamedSchema') : name;
  };
}
