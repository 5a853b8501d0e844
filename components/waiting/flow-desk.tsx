'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { CheckpointList } from '#components/checkpoints/checkpoint-list.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import type { FlowView } from '#server/views/flow.ts';
import { ApiCalls } from './api-calls.tsx';
import { HoldBar } from './hold-bar.tsx';
import { WaitingList } from './waiting-list.tsx';

const REFRESH_MS = 5_000;

/** A flow in operation: what waits and why, how far it has come, how others call it, and the brake. */
export function FlowDesk({ flow: opened, onClose }: { flow: FlowView; onClose: () => void }) {
  const t = useTranslations('waiting.desk');
  const trpc = useTrpc();
  const fresh = useQuery(trpc.flow.get.queryOptions({ flowId: opened.id }, { refetchInterval: REFRESH_MS }));
  const flow = fresh.data ?? opened;
  const hasApi = flow.endpoints.some((endpoint) => endpoint.kind === 'call');
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t('title')} description={flow.name} className="max-w-160">
      <div className="flex h-full min-h-0 flex-col">
        <HoldBar flow={flow} />
        <Tabs
          label={t('title')}
          className="min-h-0 flex-1"
          contentClassName="overflow-y-auto"
          defaultValue="waiting"
          items={[
            { value: 'waiting', label: t('waiting'), badge: flow.waiting > 0 ? <Badge tone="waiting">{flow.waiting > 1_000 ? '1000+' : flow.waiting}</Badge> : undefined, content: <WaitingList flow={flow} /> },
            { value: 'checkpoints', label: t('checkpoints'), content: <CheckpointList flowId={flow.id} /> },
            ...(hasApi ? [{ value: 'calls', label: t('calls'), content: <ApiCalls flow={flow} /> }] : []),
          ]}
        />
      </div>
    </Sheet>
  );
}
