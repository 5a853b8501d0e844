'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, Workflow } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { ListGrid } from '#components/ui/list-grid.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { ArchiveFlowDialog } from './archive-flow-dialog.tsx';
import { FLOW_GRID, FlowRow } from './flow-row.tsx';
import { NewFlowDialog } from './new-flow-dialog.tsx';
import { RenameFlowDialog } from './rename-flow-dialog.tsx';
import { RetailerHeader } from './retailer-header.tsx';

const REFRESH_MS = 30_000;

/** What is being asked about which flow. */
type Asking = { what: 'rename' | 'archive'; flowId: string } | { what: 'new' } | null;

/** A retailer's flows. */
export function FlowList({ retailerId }: { retailerId: string }) {
  const t = useTranslations('flows');
  const trpc = useTrpc();
  const canEdit = useCan('flow:edit');
  const [asking, setAsking] = useState<Asking>(null);
  const flows = useQuery(trpc.flow.list.queryOptions({ retailerId }, { refetchInterval: REFRESH_MS }));
  const asked = asking !== null && asking.what !== 'new' ? flows.data?.find((flow) => flow.id === asking.flowId) : undefined;
  const newFlow = (
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
      <RetailerHeader retailerId={retailerId} view="flows" actions={canEdit && flows.data !== undefined && flows.data.length > 0 ? newFlow : undefined} />
      {flows.isPending && <ListSkeleton />}
      {flows.isError && <QueryFailure error={flows.error} onRetry={() => void flows.refetch()} />}
      {flows.data?.length === 0 && (
        <EmptyState icon={<Workflow />} title={t('emptyTitle')} action={canEdit ? newFlow : undefined} className="border-t border-border">
          {t('emptyText')}
        </EmptyState>
      )}
      {flows.data !== undefined && flows.data.length > 0 && (
        <ListGrid
          label={t('title')}
          grid={FLOW_GRID}
          columns={[
            { key: 'name', label: t('name') },
            { key: 'state', label: t('state') },
            { key: 'lastRun', label: t('lastRun') },
            { key: 'runs', label: t('runs24h'), numeric: true },
            { key: 'failed', label: t('failed24h'), numeric: true },
            { key: 'actions', label: t('actions'), hidden: true },
          ]}
        >
          {flows.data.map((flow) => (
            <FlowRow
              key={flow.id}
              flow={flow}
              onRename={canEdit ? () => setAsking({ what: 'rename', flowId: flow.id }) : undefined}
              onArchive={canEdit ? () => setAsking({ what: 'archive', flowId: flow.id }) : undefined}
            />
          ))}
        </ListGrid>
      )}
      <NewFlowDialog open={asking?.what === 'new'} onOpenChange={close} retailerId={retailerId} />
      {asked !== undefined && asking?.what === 'rename' && <RenameFlowDialog flow={asked} onOpenChange={close} />}
      {asked !== undefined && asking?.what === 'archive' && <ArchiveFlowDialog flow={asked} onOpenChange={close} />}
    </>
  );
}
