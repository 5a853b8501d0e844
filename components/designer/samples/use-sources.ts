import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCan } from '#components/shell/session-context.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import type { FlowNode } from '#engine/flow/document.ts';
import { useDesigner } from '../use-designer.ts';
import { pastedAt, type SourceSample } from './sample-list.ts';

export interface Sources {
  /** Pinned ones, what was typed or pasted, then real events, newest first. */
  list: readonly SourceSample[];
  loading: boolean;
  error: unknown;
}

/** Real events and their bodies change slowly against how often a node is looked at. */
const FRESH_MS = 60_000;

/** Everything that could arrive at these triggers. */
export function useSources(triggers: readonly FlowNode[]): Sources {
  const trpc = useTrpc();
  const mayView = useCan('event:view');
  const flowId = useDesigner((state) => state.flowId);
  const typed = useDesigner((state) => state.typedSample);
  const pinned = useQuery({ ...trpc.sample.list.queryOptions({ flowId }), enabled: mayView, staleTime: FRESH_MS, refetchOnWindowFocus: false });
  const recent = useQueries({
    queries: triggers.map(({ id }) => ({ ...trpc.sample.recent.queryOptions({ flowId, nodeId: id }), enabled: mayView, staleTime: FRESH_MS, refetchOnWindowFocus: false })),
    combine: joined,
  });
  const list = useMemo(
    () =>
      triggers.flatMap((trigger, at) => [
        ...(pinned.data ?? [])
          .filter(({ nodeId }) => nodeId === trigger.id)
          .map(({ id, name, createdAt, bodyText }): SourceSample => ({ id, kind: 'pinned', name, at: createdAt, triggerId: trigger.id, bodyText })),
        ...(typed?.triggerId === trigger.id ? [{ id: typedId(trigger.id), kind: 'pasted', name: '', at: null, triggerId: trigger.id, bodyText: typed.bodyText } as const] : []),
        ...[pastedAt(trigger)].filter((sample) => sample !== null && sample.bodyText !== typed?.bodyText).filter((sample) => sample !== null),
        ...(recent.data[at] ?? []).map(({ id, receivedAt, bodyText }): SourceSample => ({ id, kind: 'event', name: '', at: receivedAt, triggerId: trigger.id, bodyText })),
      ]),
    [triggers, pinned.data, recent.data, typed],
  );
  const loading = mayView && (pinned.isPending || recent.pending);
  return useMemo(() => ({ list, loading, error: pinned.error ?? recent.error }), [list, loading, pinned.error, recent.error]);
}

/** Of what was typed into the test panel and is kept nowhere. */
export function typedId(triggerId: string): string {
  return `typed:${triggerId}`;
}

function joined<T>(results: readonly { data: T | undefined; isPending: boolean; error: unknown }[]) {
  return { data: results.map(({ data }) => data), pending: results.some(({ isPending }) => isPending), error: results.find(({ error }) => error !== null)?.error ?? null };
}
