'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { cn } from '#components/ui/cn.ts';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { JsonTree } from '#components/ui/json-tree.tsx';
import { readStepRecords, type ShownRecord } from './read-step-records.ts';

const SHOWN = 50;

/** The records that went into or came out of a step: one as its data, several as a list that opens. */
export function StepRecords({ text, label, className }: { text: string; label: string; className?: string }) {
  const t = useTranslations('runs.stepRecords');
  const records = useMemo(() => readStepRecords(text), [text]);
  const [only] = records ?? [];
  if (records === null) return <CodeBlock text={text} className={className} />;
  if (only === undefined) return <p className={`text-xs text-text-muted ${className ?? ''}`}>{t('none')}</p>;
  if (records.length === 1)
    return (
      <div className={className}>
        {only.corrected && <Badge tone="accent" className="mb-2">{t('corrected')}</Badge>}
        <RecordData record={only} label={label} openDepth={3} />
      </div>
    );
  return (
    <div className={className}>
      <ul className="flex flex-col divide-y divide-border rounded-md border border-border">
        {records.slice(0, SHOWN).map((record) => (
          <RecordItem key={`${record.port} ${record.key}`} record={record} />
        ))}
      </ul>
      {records.length > SHOWN && <p className="mt-1 text-xs text-text-muted">{t('more', { count: records.length - SHOWN })}</p>}
    </div>
  );
}

function RecordItem({ record }: { record: ShownRecord }) {
  const t = useTranslations('runs.stepRecords');
  const [open, setOpen] = useState(false);
  const title = t('record', { key: record.key });
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="group/record">
        <summary className="flex cursor-pointer list-none items-center gap-1.5 px-2 py-1.5 text-xs">
          <ChevronRight aria-hidden className="size-3.5 shrink-0 text-text-muted transition-transform duration-100 group-open/record:rotate-90" />
          <span className="font-medium">{title}</span>
          {record.corrected && <Badge tone="accent">{t('corrected')}</Badge>}
          <span className="ml-auto text-text-muted">{record.port}</span>
        </summary>
        {open && <RecordData record={record} label={title} openDepth={2} className="px-2 pb-2" />}
      </details>
    </li>
  );
}

function RecordData({ record, className, ...tree }: { record: ShownRecord; label: string; openDepth: number; className?: string }) {
  const t = useTranslations('runs.stepRecords');
  if (record.text === null) return <p className={cn('text-xs text-text-muted', className)}>{t('notKept')}</p>;
  return <JsonTree text={record.text} {...tree} className={className} />;
}
