'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Cable, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useErrorText } from '#components/i18n/use-error-text.ts';
import { RetailerHeader } from '#components/retailers/retailer-header.tsx';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListGrid } from '#components/ui/list-grid.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { ConnectionDialog } from './connection-dialog.tsx';
import { CONNECTION_GRID, ConnectionRow } from './connection-row.tsx';
import { PauseConnectionDialog } from './pause-connection-dialog.tsx';
import { RemoveConnectionDialog } from './remove-connection-dialog.tsx';

const REFRESH_MS = 10_000;

type Asking = { what: 'edit' | 'remove' | 'pause'; connectionId: string } | { what: 'new' } | null;

/** A retailer's accounts at other systems. */
export function ConnectionList({ retailerId }: { retailerId: string }) {
  const t = useTranslations('connections');
  const trpc = useTrpc();
  const canEdit = useCan('connection:edit');
  const mayControl = useCan('traffic:control');
  const queryClient = useQueryClient();
  const toast = useToast();
  const errorText = useErrorText();
  const resume = useMutation(
    trpc.connection.resume.mutationOptions({
      onSuccess: async ({ id }) => {
        toast({ tone: 'success', title: t('health.resumed', { name: connections.data?.find((one) => one.id === id)?.name ?? '' }) });
        await queryClient.invalidateQueries({ queryKey: trpc.connection.pathKey() });
      },
      onError: (error) => toast({ tone: 'failed', title: errorText(error) }),
    }),
  );
  const [asking, setAsking] = useState<Asking>(null);
  const connections = useQuery(trpc.connection.list.queryOptions({ retailerId }, { refetchInterval: REFRESH_MS }));
  const asked = asking !== null && asking.what !== 'new' ? connections.data?.find((connection) => connection.id === asking.connectionId) : undefined;
  const newConnection = (
    <Button variant="primary" onClick={() => setAsking({ what: 'new' })}>
      <Plus aria-hidden className="size-4" />
      {t('new')}
    </Button>
  );

  function close(open: boolean) {
    if (!open) setAsking(null);
  }

  return (
    <>
      <RetailerHeader retailerId={retailerId} view="connections" actions={canEdit && connections.data !== undefined && connections.data.length > 0 ? newConnection : undefined} />
      {connections.isPending && <ListSkeleton rows={3} />}
      {connections.isError && <QueryFailure error={connections.error} onRetry={() => void connections.refetch()} />}
      {connections.data?.length === 0 && (
        <EmptyState icon={<Cable />} title={t('emptyTitle')} action={canEdit ? newConnection : undefined} className="border-t border-border">
          {t('emptyText')}
        </EmptyState>
      )}
      {connections.data !== undefined && connections.data.length > 0 && (
        <ListGrid
          label={t('title')}
          grid={CONNECTION_GRID}
          columns={[
            { key: 'name', label: t('name') },
            { key: 'health', label: t('health.title') },
            { key: 'auth', label: t('authKind') },
            { key: 'webhook', label: t('webhookSecret') },
            { key: 'test', label: t('test.title') },
            { key: 'actions', label: t('actions'), hidden: true },
          ]}
        >
          {connections.data.map((connection) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              onEdit={canEdit ? () => setAsking({ what: 'edit', connectionId: connection.id }) : undefined}
              onRemove={canEdit ? () => setAsking({ what: 'remove', connectionId: connection.id }) : undefined}
              onPause={mayControl ? () => setAsking({ what: 'pause', connectionId: connection.id }) : undefined}
              onResume={mayControl ? () => resume.mutate({ connectionId: connection.id }) : undefined}
            />
          ))}
        </ListGrid>
      )}
      {asking?.what === 'new' && <ConnectionDialog retailerId={retailerId} connection={null} onOpenChange={close} />}
      {asked !== undefined && asking?.what === 'edit' && <ConnectionDialog retailerId={retailerId} connection={asked} onOpenChange={close} />}
      {asked !== undefined && asking?.what === 'pause' && <PauseConnectionDialog connection={asked} onOpenChange={close} />}
      {asked !== undefined && asking?.what === 'remove' && <RemoveConnectionDialog connection={asked} onOpenChange={close} />}
    </>
  );
}
