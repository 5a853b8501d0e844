'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import type { FlowEdge } from '#engine/flow/document.ts';
import type { DataRecord } from '#engine/nodes/step.ts';
import { useDesigner } from '../use-designer.ts';
import { readRecords } from './read-records.ts';
import { RecordList } from './record-list.tsx';

/** The records that went along an edge in the last test or the run that is looked at. */
export function EdgeRecords({ edge }: { edge: FlowEdge }) {
  const t = useTranslations('samples');
  const trpc = useTrpc();
  const run = useDesigner((state) => state.run);
  const tested = useDesigner((state) => state.test?.steps.get(edge.from.node)?.outputsText);
  const step = run?.steps.get(edge.from.node);
  const query = useQuery({
    ...trpc.run.step.queryOptions({ runId: run?.id ?? '', nodeId: edge.from.node, attempt: step?.attempt ?? 1 }),
    enabled: run !== null && step !== undefined,
    staleTime: Infinity,
  });
  const text = run === null ? tested : query.data?.outputText;
  if (run !== null && query.isFetching) return <Spinner label={t('loading')} />;
  if (text === undefined) return <p className="text-xs text-text-muted">{t('edgeNothing')}</p>;
  const records: readonly DataRecord[] = readRecords(text)[edge.from.port] ?? [];
  return (
    <section aria-label={t('edgeRecords', { count: records.length })} className="flex w-full min-w-0 flex-col gap-1.5">
      <h3 className="text-xs font-semibold">{t('edgeRecords', { count: records.length })}</h3>
      <RecordList records={records} label={t('edgeRecords', { count: records.length })} />
    </section>
  );
}
