'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import type { SchemaDoc } from '#engine/schema/schema-doc.ts';
import { RetailChoice } from './import/retail-choice.tsx';
import { SchemaPreview } from './import/schema-preview.tsx';
import { TextImport } from './import/text-import.tsx';

interface SchemaImportDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A schema was read and accepted. */
  onPick: (schema: SchemaDoc) => void;
  /** What the schema is for, where it is not a mapping's target. */
  title?: string;
}

/** A schema from what is at hand: a sample, a file that describes one, or the retail model. Shown before it is taken. */
export function SchemaImportDialog({ open, onOpenChange, onPick, title }: SchemaImportDialogProps) {
  const t = useTranslations('mapping.import');
  const common = useTranslations('common');
  const [schema, setSchema] = useState<SchemaDoc | null>(null);
  const [tab, setTab] = useState('text');
  const close = (next: boolean) => {
    if (!next) setSchema(null);
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      size="lg"
      title={title ?? t('title')}
      description={t('description')}
      footer={
        <>
          <Button onClick={() => close(false)}>{common('cancel')}</Button>
          <Button
            variant="primary"
            disabled={schema === null}
            onClick={() => {
              if (schema === null) return;
              onPick(schema);
              close(false);
            }}
          >
            {t('use')}
          </Button>
        </>
      }
    >
      <div className="grid min-h-80 gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,16rem)]">
        <Tabs
          label={t('ways')}
          className="min-w-0"
          contentClassName="pt-3"
          value={tab}
          onValueChange={(next) => {
            setTab(next);
            setSchema(null);
          }}
          items={[
            { value: 'text', label: t('fromText'), content: <TextImport onRead={setSchema} /> },
            { value: 'retail', label: t('fromRetail'), content: <RetailChoice chosen={schema} onChoose={setSchema} /> },
          ]}
        />
        <SchemaPreview schema={schema} />
      </div>
    </Dialog>
  );
}
