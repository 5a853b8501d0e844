'use client';

import { ListPlus, Wand2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import type { Json } from '#engine/flow/json.ts';
import { countRules } from '#engine/mapping/count-rules.ts';
import { rulesFromSample } from '../edit-rules.ts';
import { SchemaImportDialog } from '../schema-import-dialog.tsx';
import { useRoom } from './room-context.ts';
import { takeSchema } from './take-schema.ts';

/** A mapping without any target: the ways to begin one. */
export function EmptyTarget({ sample }: { sample: Json | undefined }) {
  const t = useTranslations('mapping.room');
  const room = useRoom();
  const [choosing, setChoosing] = useState(false);
  const offered = rulesFromSample(sample, new Set());
  return (
    <div className="flex flex-col items-start gap-3 p-6">
      <div>
        <p className="text-sm font-medium">{t('emptyTitle')}</p>
        <p className="mt-1 max-w-prose text-sm text-text-muted">{t(room.readOnly ? 'emptyReadOnly' : 'emptyText')}</p>
      </div>
      {!room.readOnly && (
        <div className="flex flex-wrap gap-2">
          <Button variant="primary" onClick={() => setChoosing(true)}>
            <ListPlus aria-hidden className="size-4" />
            {t('chooseSchema')}
          </Button>
          {offered.length > 0 && (
            <Button onClick={() => room.edit((mapping) => ({ rules: [...mapping.rules, ...offered] }))}>
              <Wand2 aria-hidden className="size-4" />
              {t('copyAll', { count: countRules(offered) })}
            </Button>
          )}
        </div>
      )}
      <SchemaImportDialog open={choosing} onOpenChange={setChoosing} onPick={(schema) => takeSchema(room, schema)} />
    </div>
  );
}
