'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, Plus, Table2, Trash2 } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { ListCell, ListGrid, ListRow } from '#components/ui/list-grid.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { TimeAgo } from '#components/ui/time-ago.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { TableListItem } from '#server/views/table.ts';

const GRID = 'md:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_5rem_minmax(0,2fr)_8rem_2rem]';

/** The lookup tables of a retailer. */
export function LookupTables({ retailerId, onOpen }: { retailerId: string; onOpen: (tableId: string) => void }) {
  const t = useTranslations('dataTables.lookup');
  const trpc = useTrpc();
  const format = useFormatter();
  const canEdit = useCan('table:edit');
  const [creating, setCreating] = useState(false);
  const [removing, setRemoving] = useState<TableListItem | null>(null);
  const tables = useQuery(trpc.table.list.queryOptions({ retailerId }));
  const create = canEdit ? (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden className="size-4" />
      {t('new')}
    </Button>
  ) : undefined;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto border-t border-border">
      {tables.isPending && <ListSkeleton rows={3} />}
      {tables.isError && <QueryFailure error={tables.error} onRetry={() => void tables.refetch()} />}
      {tables.data?.length === 0 && (
        <EmptyState icon={<Table2 />} title={t('emptyTitle')} action={create}>
          {t('emptyText')}
        </EmptyState>
      )}
      {tables.data !== undefined && tables.data.length > 0 && (
        <>
          <div className="flex justify-end px-4 py-3 sm:px-6">{create}</div>
          <ListGrid
            label={t('name')}
            grid={GRID}
            columns={[
              { key: 'name', label: t('name') },
              { key: 'columns', label: t('columns') },
              { key: 'rows', label: t('rows'), numeric: true },
              { key: 'used', label: t('usedBy') },
              { key: 'changed', label: t('changed') },
              { key: 'actions', label: t('actions'), hidden: true },
            ]}
          >
            {tables.data.map((table) => (
              <ListRow key={table.id} grid={GRID}>
                <ListCell wide className="max-md:pr-10">
                  <button type="button" onClick={() => onOpen(table.id)} aria-label={t('open', { name: table.name })} className="block max-w-full truncate text-left font-medium after:absolute after:inset-0 after:-outline-offset-2">
                    {table.name}
                  </button>
                </ListCell>
                <ListCell wide className="truncate text-text-muted">
                  {[t('key'), ...table.columns].join(', ')}
                </ListCell>
                <ListCell label={t('rows')} numeric>
                  {format.number(table.rowCount)}
                </ListCell>
                <ListCell wide className="truncate text-text-muted">
                  {table.usedBy.length === 0 ? t('nobody') : table.usedBy.join(', ')}
                </ListCell>
                <ListCell className="text-text-muted">
                  <TimeAgo at={table.updatedAt} className="relative z-1" />
                </ListCell>
                <ListCell className="max-md:absolute max-md:top-2 max-md:right-2">
                  {canEdit && (
                    <span className="relative z-1 flex justify-end">
                      <Menu align="end" trigger={<IconButton size="sm" label={t('actionsOf', { name: table.name })} icon={<Ellipsis />} />}>
                        <MenuItem icon={<Trash2 aria-hidden />} tone="danger" onSelect={() => setRemoving(table)}>
                          {t('remove')}
                        </MenuItem>
                      </Menu>
                    </span>
                  )}
                </ListCell>
              </ListRow>
            ))}
          </ListGrid>
        </>
      )}
      {creating && <NewTableDialog retailerId={retailerId} onClose={() => setCreating(false)} onCreated={onOpen} />}
      {removing !== null && <RemoveTableDialog table={removing} onClose={() => setRemoving(null)} />}
    </div>
  );
}

const FORM = 'new-table';

function NewTableDialog({ retailerId, onClose, onCreated }: { retailerId: string; onClose: () => void; onCreated: (tableId: string) => void }) {
  const t = useTranslations('dataTables.lookup');
  const common = useTranslations('common');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const [name, setName] = useState('');
  const create = useMutation(
    trpc.table.create.mutationOptions({
      onSuccess: async ({ id }) => {
        onClose();
        await queryClient.invalidateQueries({ queryKey: trpc.table.pathKey() });
        onCreated(id);
      },
    }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() !== '') create.mutate({ retailerId, name: name.trim(), columns: ['value'], rows: [] });
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('new')}
      size="sm"
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={FORM} variant="primary" busy={create.isPending} disabled={name.trim() === ''}>
            {t('create')}
          </Button>
        </>
      }
    >
      <form id={FORM} noValidate onSubmit={submit}>
        <Field label={t('name')} hint={t('nameHint')} error={create.isError ? errorText(create.error) : undefined} required>
          {(control) => <Input {...control} value={name} maxLength={120} autoFocus onChange={(event) => setName(event.target.value)} />}
        </Field>
      </form>
    </Dialog>
  );
}

function RemoveTableDialog({ table, onClose }: { table: TableListItem; onClose: () => void }) {
  const t = useTranslations('dataTables.lookup');
  const trpc = useTrpc();
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const remove = useMutation(
    trpc.table.remove.mutationOptions({
      onSuccess: async () => {
        toast({ title: t('removed', { name: table.name }) });
        onClose();
        await queryClient.invalidateQueries({ queryKey: trpc.table.pathKey() });
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('removeTitle', { name: table.name })}
      description={t('removeText')}
      confirmLabel={t('remove')}
      busy={remove.isPending}
      error={remove.isError ? errorText(remove.error) : undefined}
      onConfirm={() => remove.mutate({ tableId: table.id })}
    />
  );
}
