'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { CsvError, readCsv } from './csv.ts';
import { MOST_ROWS } from './table-edits.ts';

interface Pair {
  entity: string;
  leftSystem: string;
  leftId: string;
  rightSystem: string;
  rightId: string;
}

/** Takes pairs from a CSV file, all of them or none. */
export function XrefImport({ retailerId }: { retailerId: string }) {
  const t = useTranslations('dataTables');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const input = useRef<HTMLInputElement>(null);
  const [pairs, setPairs] = useState<Pair[] | null>(null);
  const take = useMutation(
    trpc.xref.import.mutationOptions({
      onSuccess: async ({ count }) => {
        toast({ tone: 'success', title: t('xref.imported', { count }) });
        setPairs(null);
        await queryClient.invalidateQueries({ queryKey: trpc.xref.pathKey() });
      },
    }),
  );
  async function read(file: File | undefined) {
    if (file === undefined) return;
    try {
      const lines = readCsv(await file.text()).slice(1);
      if (lines.length === 0) return toast({ tone: 'failed', title: t('lookup.empty') });
      if (lines.length > MOST_ROWS) return toast({ tone: 'failed', title: t('lookup.tooMany', { most: MOST_ROWS, count: lines.length }) });
      setPairs(lines.map(([entity = '', leftSystem = '', leftId = '', rightSystem = '', rightId = '']) => ({ entity, leftSystem, leftId, rightSystem, rightId })));
    } catch (error) {
      toast({ tone: 'failed', title: t('lookup.unreadable', { line: error instanceof CsvError ? error.line : 1 }) });
    }
  }
  return (
    <>
      <input ref={input} type="file" accept=".csv,text/csv,text/plain" className="sr-only" aria-label={t('xref.import')} tabIndex={-1} onChange={(event) => {
        void read(event.target.files?.[0]);
        event.target.value = '';
      }} />
      <Button onClick={() => input.current?.click()} title={t('xref.columnsHint')}>
        <Upload aria-hidden className="size-4" />
        {t('xref.import')}
      </Button>
      <ConfirmDialog
        open={pairs !== null}
        onOpenChange={(open) => !open && setPairs(null)}
        tone="primary"
        title={t('xref.importTitle', { count: pairs?.length ?? 0 })}
        description={t('xref.importText')}
        confirmLabel={t('xref.import')}
        busy={take.isPending}
        error={take.isError ? errorText(take.error) : undefined}
        onConfirm={() => pairs !== null && take.mutate({ retailerId, pairs })}
      />
    </>
  );
}
