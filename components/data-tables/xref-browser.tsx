'use client';

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeftRight, Download, Pencil, Plus, SearchX, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { SearchBox } from '#components/shell/search-box.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc, useTrpcClient } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { ListCell, ListGrid, ListRow } from '#components/ui/list-grid.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { Select } from '#components/ui/select.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { XrefView } from '#server/views/table.ts';
import { writeCsv } from './csv.ts';
import { download } from './download.ts';
import { XrefDialog } from './xref-dialog.tsx';
import { XrefImport } from './xref-import.tsx';

const GRID = 'md:grid-cols-[minmax(6rem,1fr)_minmax(0,2fr)_minmax(0,2fr)_8rem_4.5rem]';
const PAGE = 100;
const EXPORT_PAGE = 1_000;
const MOST_EXPORTED = 10_000;
const FIRST: string | null = null;

/** Pairs of ids, found from either side. */
export function XrefBrowser({ retailerId }: { retailerId: string }) {
  const t = useTranslations('dataTables.xref');
  const trpc = useTrpc();
  const client = useTrpcClient();
  const canEdit = useCan('table:edit');
  const [search, setSearch] = useState('');
  const [entity, setEntity] = useState('');
  const [system, setSystem] = useState('');
  const [asking, setAsking] = useState<{ what: 'add' } | { what: 'edit' | 'remove'; pair: XrefView } | null>(null);
  const [exporting, setExporting] = useState(false);
  const kinds = useQuery(trpc.xref.kinds.queryOptions({ retailerId }));
  const filter = { retailerId, ...(search === '' ? {} : { search }), ...(entity === '' ? {} : { entity }), ...(system === '' ? {} : { system }) };
  const pairs = useInfiniteQuery({
    queryKey: [...trpc.xref.pathKey(), 'rows', filter],
    queryFn: ({ pageParam, signal }) => client.xref.list.query({ ...filter, cursor: pageParam, limit: PAGE }, { signal }),
    initialPageParam: FIRST,
    getNextPageParam: (page) => page.nextCursor,
  });
  const rows = pairs.data?.pages.flatMap((page) => page.items) ?? [];
  const entities = [...new Set(kinds.data?.map((kind) => kind.entity) ?? [])];
  const systems = [...new Set(kinds.data?.flatMap((kind) => [kind.leftSystem, kind.rightSystem]) ?? [])].sort();
  const filtered = search !== '' || entity !== '' || system !== '';

  async function exportAll() {
    setExporting(true);
    try {
      const all: XrefView[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: XrefView[]; nextCursor: string | null } = await client.xref.list.query({ ...filter, cursor, limit: EXPORT_PAGE });
        all.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null && all.length < MOST_EXPORTED);
      const lines = all.map((pair) => [pair.entity, pair.leftSystem, pair.leftId, pair.rightSystem, pair.rightId]);
      download('cross-references.csv', writeCsv([['entity', 'leftSystem', 'leftId', 'rightSystem', 'rightId'], ...lines]));
    } finally {
      setExporting(false);
    }
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col border-t border-border">
      <div className="grid grid-cols-2 items-center gap-2 px-4 py-3 sm:flex sm:flex-wrap sm:px-6">
        <div className="col-span-2 sm:max-w-72 sm:min-w-48 sm:flex-1">
          <SearchBox value={search} onChange={setSearch} label={t('search')} placeholder={t('searchPlaceholder')} />
        </div>
        <Select aria-label={t('entity')} className="sm:max-w-44" value={entity} onValueChange={setEntity} options={[{ value: '', label: t('anyEntity') }, ...entities.map((value) => ({ value, label: value }))]} />
        <Select aria-label={t('system')} className="sm:max-w-44" value={system} onValueChange={setSystem} options={[{ value: '', label: t('anySystem') }, ...systems.map((value) => ({ value, label: value }))]} />
        <div className="flex-1 max-sm:hidden" />
        <Button variant="quiet" busy={exporting} disabled={rows.length === 0} onClick={() => void exportAll()}>
          <Download aria-hidden className="size-4" />
          {t('export')}
        </Button>
        {canEdit && <XrefImport retailerId={retailerId} />}
        {canEdit && (
          <Button variant="primary" onClick={() => setAsking({ what: 'add' })}>
            <Plus aria-hidden className="size-4" />
            {t('add')}
          </Button>
        )}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {pairs.isPending && <ListSkeleton rows={6} />}
        {pairs.isError && <QueryFailure error={pairs.error} onRetry={() => void pairs.refetch()} />}
        {pairs.isSuccess && rows.length === 0 && (
          <EmptyState icon={filtered ? <SearchX /> : <ArrowLeftRight />} title={t(filtered ? 'noneTitle' : 'emptyTitle')} className="border-t border-border">
            {t(filtered ? 'noneText' : 'emptyText')}
          </EmptyState>
        )}
        {rows.length > 0 && (
          <ListGrid
            label={t('text')}
            grid={GRID}
            columns={[
              { key: 'entity', label: t('entity') },
              { key: 'first', label: t('first') },
              { key: 'second', label: t('second') },
              { key: 'changed', label: t('changed') },
              { key: 'actions', label: t('edit'), hidden: true },
            ]}
          >
            {rows.map((pair) => (
              <ListRow key={pair.id} grid={GRID}>
                <ListCell wide>{pair.entity}</ListCell>
                <Side label={t('first')} system={pair.leftSystem} id={pair.leftId} />
                <Side label={t('second')} system={pair.rightSystem} id={pair.rightId} />
                <ListCell className="text-text-muted">
                  <TimeAgo at={pair.updatedAt} />
                </ListCell>
                <ListCell className="flex justify-end max-md:absolute max-md:top-2 max-md:right-2">
                  {canEdit && (
                    <>
                      <IconButton size="sm" label={t('edit')} icon={<Pencil />} onClick={() => setAsking({ what: 'edit', pair })} />
                      <IconButton size="sm" label={t('remove')} icon={<Trash2 />} onClick={() => setAsking({ what: 'remove', pair })} />
                    </>
                  )}
                </ListCell>
              </ListRow>
            ))}
          </ListGrid>
        )}
        {pairs.hasNextPage && (
          <div className="flex justify-center py-3">
            <Button busy={pairs.isFetchingNextPage} onClick={() => void pairs.fetchNextPage()}>
              {t('more')}
            </Button>
          </div>
        )}
      </div>
      {asking?.what === 'add' && <XrefDialog retailerId={retailerId} pair={null} known={{ entities, systems }} onClose={() => setAsking(null)} />}
      {asking?.what === 'edit' && <XrefDialog retailerId={retailerId} pair={asking.pair} known={{ entities, systems }} onClose={() => setAsking(null)} />}
      {asking?.what === 'remove' && <RemovePair pair={asking.pair} onClose={() => setAsking(null)} />}
    </div>
  );
}

function Side({ label, system, id }: { label: string; system: string; id: string }) {
  return (
    <ListCell wide>
      <span className="sr-only">{label}</span>
      <span className="mr-2 text-xs text-text-muted">{system}</span>
      <span className="font-mono text-xs break-all">{id}</span>
    </ListCell>
  );
}

function RemovePair({ pair, onClose }: { pair: XrefView; onClose: () => void }) {
  const t = useTranslations('dataTables.xref');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const remove = useMutation(
    trpc.xref.remove.mutationOptions({
      onSuccess: async ({ count }) => {
        toast({ title: t('removed', { count }) });
        onClose();
        await queryClient.invalidateQueries({ queryKey: trpc.xref.pathKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('removeTitle', { count: 1 })}
      description={t('removeText')}
      confirmLabel={t('remove')}
      busy={remove.isPending}
      error={remove.isError ? errorText(remove.error) : undefined}
      onConfirm={() => remove.mutate({ xrefIds: [pair.id] })}
    >
      <p className="font-mono text-xs break-all">
        {pair.leftSystem} {pair.leftId} ↔ {pair.rightSystem} {pair.rightId}
      </p>
    </ConfirmDialog>
  );
}
