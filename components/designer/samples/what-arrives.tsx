'use client';

import { FileInput, ListX, WandSparkles } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { SchemaImportDialog } from '#components/mapper/schema-import-dialog.tsx';
import { schemaJson } from '#components/mapper/room/read-schema-doc.ts';
import { useSchemaName } from '#components/mapper/room/use-schema-name.ts';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { FlowNode } from '#engine/flow/document.ts';
import { inferSchema } from '#engine/schema/infer-schema.ts';
import { type SchemaDoc, type SchemaField, schemaDocSchema } from '#engine/schema/schema-doc.ts';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { useSamples } from './use-samples.ts';

/** What a trigger's events look like: imported, or drawn from its samples. Mappers offer its fields before anything has arrived. */
export function WhatArrives({ node }: { node: FlowNode }) {
  const t = useTranslations('samples.arrives');
  const store = useDesignerStore();
  const nameOf = useSchemaName();
  const readOnly = useDesigner((state) => state.readOnly);
  const { samples } = useSamples(node.id);
  const [importing, setImporting] = useState(false);
  const read = schemaDocSchema.safeParse(node.config['schema']);
  const schema = read.success ? read.data : null;
  const write = (next: SchemaDoc | null) => {
    const { schema: _before, ...rest } = node.config;
    store.getState().apply({ type: 'setConfig', nodeId: node.id, config: next === null ? rest : { ...rest, schema: schemaJson(next) } });
    store.getState().endGesture();
  };
  if (readOnly && schema === null) return null;
  return (
    <section aria-label={t('title')} className="flex flex-col gap-2 border-t border-border pt-3">
      <h3 className="text-sm font-semibold">{t('title')}</h3>
      {schema === null ? (
        <p className="text-xs text-text-muted">{t('help')}</p>
      ) : (
        <div className="flex items-center gap-2 rounded-md border border-border py-1 pr-1 pl-2.5 text-xs">
          <span className="min-w-0 flex-1 truncate font-medium">{nameOf(schema)}</span>
          <span className="shrink-0 text-text-muted">{t('fields', { count: countFields(schema.fields) })}</span>
          {!readOnly && <IconButton size="sm" label={t('remove')} icon={<ListX />} onClick={() => write(null)} />}
        </div>
      )}
      {!readOnly && (
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={() => setImporting(true)}>
            <FileInput aria-hidden className="size-3.5" />
            {t(schema === null ? 'import' : 'replace')}
          </Button>
          <Button size="sm" variant="quiet" disabled={samples.length === 0} onClick={() => write(inferSchema(node.label, samples.map(({ data }) => data)))}>
            <WandSparkles aria-hidden className="size-3.5" />
            {t('fromSamples', { count: samples.length })}
          </Button>
        </div>
      )}
      <SchemaImportDialog open={importing} onOpenChange={setImporting} onPick={write} title={t('title')} />
    </section>
  );
}

function countFields(fields: readonly SchemaField[]): number {
  return fields.reduce((sum, field) => sum + 1 + countFields(field.fields ?? []), 0);
}
