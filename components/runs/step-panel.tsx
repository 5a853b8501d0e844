'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useByteSize } from '#components/i18n/use-byte-size.ts';
import { kindOf } from '#components/canvas/kind-info.ts';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import { QueryFailure } from '#components/shell/query-failure.tsx';
import { useTrpc } from '#components/trpc/trpc.ts';
import { Badge } from '#components/ui/badge.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { ListSkeleton } from '#components/ui/list-skeleton.tsx';
import { type TabItem, Tabs } from '#components/ui/tabs.tsx';
import { useEscape } from '#components/ui/use-escape.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { RunView } from '#server/views/run.ts';
import { CallList } from './call-list.tsx';
import { ExceptionList } from './exception-list.tsx';
import { LeftOutNote } from './left-out-note.tsx';
import { StateMark } from './state-mark.tsx';
import { StepRecords } from './step-records.tsx';

interface StepPanelProps {
  run: RunView;
  doc: FlowDocument | null;
  nodeId: string;
  attempt: number;
  onClose: () => void;
}

/** One step: records in and out, what was sent and answered, records that need a person. */
export function StepPanel({ run, doc, nodeId, attempt, onClose }: StepPanelProps) {
  const t = useTranslations('runs');
  const common = useTranslations('common');
  useEscape(onClose);
  const node = doc?.nodes.find((candidate) => candidate.id === nodeId);
  const step = run.steps.find((candidate) => candidate.nodeId === nodeId && candidate.attempt === attempt);
  const kind = node === undefined ? null : kindOf(node);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex items-center gap-3 px-4 py-3">
        {kind !== null && <NodeIcon icon={kind.icon} group={kind.group} />}
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-base font-semibold">{node?.label ?? nodeId}</h2>
          {step !== undefined && <StateMark state={step.state} className="text-xs" />}
        </div>
        <IconButton label={common('close')} icon={<X />} onClick={onClose} />
      </header>
      {step === undefined ? <p className="border-t border-border px-4 py-8 text-center text-text-muted">{t('notReachedText')}</p> : <StepData run={run} nodeId={nodeId} attempt={attempt} logs={step.logs} />}
    </div>
  );
}

function StepData({ run, nodeId, attempt, logs }: { run: RunView; nodeId: string; attempt: number; logs: readonly string[] }) {
  const t = useTranslations('runs');
  const trpc = useTrpc();
  const size = useByteSize();
  const detail = useQuery(trpc.run.step.queryOptions({ runId: run.id, nodeId, attempt }));
  const exceptions = run.exceptions.filter((exception) => exception.nodeId === nodeId);
  if (detail.isPending) return <ListSkeleton rows={4} />;
  if (detail.isError) return <QueryFailure error={detail.error} onRetry={() => void detail.refetch()} />;
  const { calls, inputText, outputText, outputLeftOut, inputInPart } = detail.data;
  const count = (value: number) => <Badge>{value}</Badge>;
  const items: TabItem[] = [
    ...(exceptions.length > 0
      ? [{ value: 'exceptions', label: t('tabs.exceptions'), badge: <Badge tone="failed">{exceptions.length}</Badge>, content: <ExceptionList exceptions={exceptions} /> }]
      : []),
    ...(calls.length > 0 ? [{ value: 'calls', label: t('tabs.calls'), badge: count(calls.length), content: <CallList calls={calls} /> }] : []),
    { value: 'output', label: t('tabs.output'), content: <Kept text={outputText} label={t('tabs.output')} note={outputLeftOut === null ? null : t('stepRecords.leftOut', { kept: outputLeftOut.kept, records: outputLeftOut.records, size: size(outputLeftOut.size) })} /> },
    { value: 'input', label: t('tabs.input'), content: <Kept text={inputText} label={t('tabs.input')} note={inputInPart ? t('stepRecords.inPart') : null} /> },
    ...(logs.length > 0 ? [{ value: 'logs', label: t('tabs.logs'), content: <CodeBlock text={logs.join('\n')} wrap className="m-4" /> }] : []),
  ];
  return <Tabs items={items} label={t('stepPanel')} className="min-h-0 flex-1" contentClassName="overflow-y-auto" />;
}

/** Records, and what is to be said of those that are not kept. */
function Kept({ text, label, note }: { text: string; label: string; note: string | null }) {
  return (
    <div className="m-4 flex flex-col gap-2">
      {note !== null && <LeftOutNote>{note}</LeftOutNote>}
      <StepRecords text={text} label={label} />
    </div>
  );
}
