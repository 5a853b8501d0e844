'use client';

import { Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { CsvError, readCsv } from './csv.ts';

interface ImportButtonProps {
  /** Rows a table may hold. */
  most: number;
  onImport: (rows: string[][], how: 'replace' | 'merge') => void;
}

/** Chooses a CSV file and how it comes into the table. Read in the browser; nothing is saved by it. */
export function ImportButton({ most, onImport }: ImportButtonProps) {
  const t = useTranslations('dataTables.lookup');
  const toast = useToast();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<{ name: string; rows: string[][] } | null>(null);
  const [how, setHow] = useState<'replace' | 'merge'>('replace');

  async function read(chosen: File | undefined) {
    if (chosen === undefined) return;
    try {
      const rows = readCsv(await chosen.text());
      if (rows.length < 2) return toast({ tone: 'failed', title: t('empty') });
      if (rows.length - 1 > most) return toast({ tone: 'failed', title: t('tooMany', { most, count: rows.length - 1 }) });
      setFile({ name: chosen.name, rows });
    } catch (error) {
      toast({ tone: 'failed', title: t('unreadable', { line: error instanceof CsvError ? error.line : 1 }) });
    }
  }
  return (
    <>
      <input ref={input} type="file" accept=".csv,text/csv,text/plain" className="sr-only" aria-label={t('import')} tabIndex={-1} onChange={(event) => {
        void read(event.target.files?.[0]);
        event.target.value = '';
      }} />
      <Button onClick={() => input.current?.click()}>
        <Upload aria-hidden className="size-4" />
        {t('import')}
      </Button>
      {file !== null && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setFile(null)}
          tone="primary"
          title={t('importTitle', { count: file.rows.length - 1, file: file.name })}
          description={t('importText')}
          confirmLabel={t('apply')}
          onConfirm={() => {
            onImport(file.rows, how);
            setFile(null);
          }}
        >
          <Field label={t('rows')}>
            {({ id }) => (
              <Select id={id} value={how} onValueChange={(value) => setHow(value === 'merge' ? 'merge' : 'replace')} options={[{ value: 'replace', label: t('replaceAll') }, { value: 'merge', label: t('merge') }]} />
            )}
          </Field>
        </ConfirmDialog>
      )}
    </>
  );
}
