'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { JsonTree } from '#components/ui/json-tree.tsx';
import { stringifyJson } from '#engine/flow/json.ts';
import type { DataRecord } from '#engine/nodes/step.ts';
import { recordLine } from './sample-words.ts';

interface RecordListProps {
  records: readonly DataRecord[];
  /** Names the trees for screen readers. */
  label: string;
  /** The record that stands open. */
  open?: string;
}

const SHOWN = 50;

/** Records as trees with search and copy: one by itself, several as lines that open. */
export function RecordList({ records, label, open }: RecordListProps) {
  const t = useTranslations('samples');
  const [only] = records;
  if (only === undefined) return <p className="text-xs text-text-muted">{t('noRecords')}</p>;
  if (records.length === 1) return <JsonTree text={stringifyJson(only.data)} label={label} openDepth={2} />;
  return (
    <div>
      <ul className="divide-y divide-border rounded-md border border-border">
        {records.slice(0, SHOWN).map((record, at) => (
          <RecordLine key={record.key} record={record} label={label} first={open === undefined ? at === 0 : open === record.key} />
        ))}
      </ul>
      {records.length > SHOWN && <p className="mt-1 text-xs text-text-muted">{t('moreRecords', { count: records.length - SHOWN })}</p>}
    </div>
  );
}

function RecordLine({ record, label, first }: { record: DataRecord; label: string; first: boolean }) {
  const [open, setOpen] = useState(first);
  return (
    <li>
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="group/record">
        <summary className="flex cursor-pointer list-none items-center gap-1.5 px-2 py-1.5 text-xs">
          <ChevronRight aria-hidden className="size-3.5 shrink-0 text-text-muted transition-transform duration-100 group-open/record:rotate-90" />
          <span className="shrink-0 font-mono text-text-muted">{record.key}</span>
          <span className="truncate">{recordLine(record.data)}</span>
        </summary>
        {open && <JsonTree text={stringifyJson(record.data)} label={`${label} ${record.key}`} openDepth={2} className="m-1" />}
      </details>
    </li>
  );
}
