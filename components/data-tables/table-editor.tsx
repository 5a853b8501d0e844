'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, Download, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { TableView } from '#server/views/table.ts';
import { writeCsv } from './csv.ts';
import { download } from './download.ts';
import { GridEditor } from './grid-editor.tsx';
import { ImportButton } from './import-button.tsx';
import { addColumn, type Grid, importRows, MOST_COLUMNS, MOST_ROWS, problemsOf, toSave } from './table-edits.ts';

/** One lookup table, cell by cell; nothing is saved before the person says so. */
export function TableEditor({ tableId, onBack }: { tableId: string; onBack: () => void }) {
  const trpc = useTrpc();
  const table = useQuery(trpc.table.get.queryOptions({ tableId }, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }));
  if (table.isPending) return <ListSkeleton rows={8} />;
  if (table.isError) return <QueryFailure error={table.error} onRetry={() => void table.refetch()} />;
  return <Editor key={table.data.updatedAt} table={table.data} onBack={onBack} onSaved={() => void table.refetch()} />;
}

function Editor({ table, onBack, onSaved }: { table: TableView; onBack: () => void; onSaved: () => void }) {
  const t = useTranslations('dataTables.lookup');
  const common = useTranslations('common');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const canEdit = useCan('table:edit');
  const [name, setName] = useState(table.name);
  const [grid, setGrid] = useState<Grid>({ columns: table.columns, rows: table.rows });
  const [search, setSearch] = useState('');
  const dirty = name !== table.name || grid.rows !== table.rows || grid.columns !== table.columns;
  const problems = problemsOf(grid);
  const save = useMutation(
    trpc.table.save.mutationOptions({
      onSuccess: async () => {
        toast({ tone: 'success', title: t('saved') });
        onSaved();
        await queryClient.invalidateQueries({ queryKey: trpc.table.list.queryKey({ retailerId: table.retailerId }) });
      },
    }),
  );
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);

  return (
    <div className="flex min-h-0 flex-1 flex-col border-t border-border">
      <div className="flex flex-wrap items-center gap-2 px-4 py-3 sm:px-6">
        <IconButton label={dirty ? t('discard') : common('back')} icon={<ArrowLeft />} onClick={onBack} />
        <Input aria-label={t('name')} className="max-w-64 font-medium" value={name} maxLength={120} readOnly={!canEdit} onChange={(event) => setName(event.target.value)} />
        <Input type="search" aria-label={t('search')} placeholder={t('search')} className="max-w-56" value={search} onChange={(event) => setSearch(event.target.value)} />
        <div className="flex-1" />
        <Button variant="quiet" onClick={() => download(`${name}.csv`, writeCsv([['key', ...grid.columns], ...toSave(grid).rows]))}>
          <Download aria-hidden className="size-4" />
          {t('export')}
        </Button>
        {canEdit && (
          <>
            <ImportButton most={MOST_ROWS} onImport={(file, how) => setGrid((before) => importRows(before, file, how))} />
            <Button disabled={grid.columns.length >= MOST_COLUMNS} onClick={() => setGrid((before) => addColumn(before, nextName(before.columns)))}>
              <Plus aria-hidden className="size-4" />
              {t('addColumn')}
            </Button>
            <Button variant="primary" busy={save.isPending} disabled={!dirty || problems.size > 0 || name.trim() === ''} onClick={() => save.mutate({ tableId: table.id, updatedAt: table.updatedAt, name: name.trim(), ...toSave(grid) })}>
              {t('save')}
            </Button>
          </>
        )}
      </div>
      <div className="flex flex-wrap gap-x-4 px-4 pb-2 text-xs text-text-muted sm:px-6" role="status">
        <span>{t('matches', { count: toSave(grid).rows.length })}</span>
        {dirty && <span className="text-changed">{t('unsaved')}</span>}
        {problems.size > 0 && <span className="text-failed">{t('problems', { count: problems.size })}</span>}
        {canEdit && <span className="max-sm:hidden">{t('pasteHint')}</span>}
      </div>
      {save.isError && (
        <p role="alert" className="mx-4 mb-2 rounded-md bg-failed-tint px-3 py-2 text-sm text-failed sm:mx-6">
          {errorText(save.error)}
        </p>
      )}
      <GridEditor grid={grid} search={search} problems={problems} readOnly={!canEdit} onChange={setGrid} />
    </div>
  );
}

function nextName(columns: readonly string[]): string {
  for (let number = columns.length + 1; ; number += 1) if (!columns.includes(`column${number}`)) return `column${number}`;
}
