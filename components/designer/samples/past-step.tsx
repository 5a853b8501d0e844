'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { StepLine } from '#components/canvas/step-line.tsx';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useFailureText } from '#components/runs/use-failure-text.ts';
import { CallList } from '#components/runs/call-list.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import type { FlowNode } from '#engine/flow/document.ts';
import type { PastRun } from '../store.ts';
import { PortsData } from './ports-data.tsx';
import { readRecords } from './read-records.ts';
import { RecordList } from './record-list.tsx';

/** What a run of the past did at this node. */
export function PastStep({ node, run }: { node: FlowNode; run: PastRun }) {
  const t = useTranslations('samples');
  const result = useTranslations('designer.result');
  const failureText = useFailureText();
  const trpc = useTrpc();
  const step = run.steps.get(node.id);
  const query = useQuery({ ...trpc.run.step.queryOptions({ runId: run.id, nodeId: node.id, attempt: step?.attempt ?? 1 }), enabled: step !== undefined, staleTime: Infinity });
  if (step === undefined) return <p className="p-4 text-xs text-text-muted">{t('notReached')}</p>;
  const exceptions = run.view.exceptions.filter(({ nodeId }) => nodeId === node.id);
  return (
    <div className="flex flex-col gap-4 p-4">
      <div className="-mx-3 -mt-1 [&>p]:border-t-0">
        <StepLine step={step} />
      </div>
      {exceptions.map((exception) => (
        <div key={exception.id} className="rounded-md bg-failed-tint px-3 py-2 text-xs">
          <p className="font-medium text-failed">{failureText(exception)}</p>
          <p className="mt-0.5 break-words">{exception.message}</p>
          <Link href={`/exceptions?exception=${exception.id}`} className="mt-1 inline-block underline underline-offset-2">
            {t('openException')}
          </Link>
        </div>
      ))}
      {query.isPending && <Spinner label={t('loading')} />}
      {query.error !== null && <QueryFailure error={query.error} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && (
        <>
          {query.data.calls.length > 0 && (
            <Part title={result('calls')}>
              <div className="-mx-4">
                <CallList calls={query.data.calls} />
              </div>
            </Part>
          )}
          <Part title={result('input')}>
            <RecordList records={Object.values(readRecords(query.data.inputText)).flat()} label={result('input')} />
          </Part>
          <Part title={result('output')}>
            <PortsData node={node} label={result('output')} ports={readRecords(query.data.outputText)} />
          </Part>
        </>
      )}
      <Link href={`/runs/${run.id}?step=${encodeURIComponent(node.id)}`} className="text-xs underline underline-offset-2">
        {t('openRun')}
      </Link>
    </div>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1.5">
      <h3 className="text-xs font-semibold">{title}</h3>
      {children}
    </section>
  );
}
