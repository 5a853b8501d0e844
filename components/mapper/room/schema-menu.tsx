'use client';

import { FileInput, ListX, Settings2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Menu, MenuItem, MenuLabel } from '#components/ui/menu.tsx';
import type { SchemaDoc } from '#engine/schema/schema-doc.ts';
import { SchemaImportDialog } from '../schema-import-dialog.tsx';
import { useRoom } from './room-context.ts';
import { takeSchema } from './take-schema.ts';
import { useSchemaName } from './use-schema-name.ts';

/** Which schema the targets come from: choose, replace, or do without. */
export function SchemaMenu({ schema }: { schema: SchemaDoc | null }) {
  const t = useTranslations('mapping.room');
  const room = useRoom();
  const nameOf = useSchemaName();
  const [choosing, setChoosing] = useState(false);
  if (room.readOnly) return schema === null ? null : <span className="truncate text-xs text-text-muted">{nameOf(schema)}</span>;
  return (
    <>
      {schema === null ? (
        <Button size="sm" onClick={() => setChoosing(true)}>
          <FileInput aria-hidden className="size-3.5" />
          {t('chooseSchema')}
        </Button>
      ) : (
        <Menu
          align="end"
          trigger={
            <Button size="sm" variant="quiet" className="max-w-44" aria-label={t('schema', { name: nameOf(schema) })}>
              <Settings2 aria-hidden className="size-3.5 shrink-0" />
              <span className="truncate">{nameOf(schema)}</span>
            </Button>
          }
        >
          <MenuLabel>{t('schemaOrigin', { origin: t(`origins.${schema.origin}`) })}</MenuLabel>
          <MenuItem icon={<FileInput />} onSelect={() => setChoosing(true)}>
            {t('replaceSchema')}
          </MenuItem>
          <MenuItem icon={<ListX />} onSelect={() => room.configure({ target: undefined })}>
            {t('removeSchema')}
          </MenuItem>
        </Menu>
      )}
      <SchemaImportDialog open={choosing} onOpenChange={setChoosing} onPick={(chosen) => takeSchema(room, chosen)} />
    </>
  );
}
