'use client';

import { ChevronRight } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { memo } from 'react';
import { cn } from '#components/ui/cn.ts';
import type { TreeRow } from '../model/field-tree.ts';
import type { SourceNode } from '../model/source-tree.ts';
import { FOCUS_MARK } from './focus-mark.ts';
import { useRoom, useRoomView } from './room-context.ts';
import { activate, toggleFold } from './room-view.ts';
import { TypeIcon } from './type-icon.tsx';
import { useDrawLine } from './use-draw-line.ts';

interface SourceRowProps {
  id: string;
  row: TreeRow<SourceNode>;
  /** What the chosen sample holds there. */
  value: string;
  /** A rule takes it. */
  used: boolean;
  onAct: (row: TreeRow<SourceNode>) => void;
}

/** A field that arrives, with the evidence for it: what the sample holds, how often it is filled, how many values it takes. */
export const SourceRow = memo(function SourceRow({ id, row, value, used, onAct }: SourceRowProps) {
  const t = useTranslations('mapping.room');
  const format = useFormatter();
  const room = useRoom();
  const draw = useDrawLine();
  const { node, depth, hasChildren, expanded } = row;
  const active = useRoomView((view) => view.active.source === row.key);
  const held = useRoomView((view) => view.held?.side === 'source' && view.held.path === node.path);
  const aimed = useRoomView((view) => view.drag !== null && view.hover?.side === 'source' && view.hover.path === node.path);
  const { evidence } = node;
  const rate = evidence === null || evidence.records === 0 ? null : evidence.filled / evidence.records;
  const percent = rate === null ? '' : format.number(rate, { style: 'percent', maximumFractionDigits: rate > 0.99 && rate < 1 ? 1 : 0 });
  const shown = value === '' ? (evidence?.examples[0] ?? '') : value;
  const words = [
    node.name === '' ? t('wholeRecord') : node.name,
    t(`types.${node.type}`),
    ...(evidence === null || rate === null ? [] : [t('evidence', { percent, records: evidence.records, distinct: evidence.distinct })]),
    ...(shown === '' ? [] : [t('example', { value: shown })]),
    ...(used ? [t('used')] : []),
  ].join(', ');
  const examples = (evidence?.examples ?? []).join(' · ');
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the tree around it holds the focus and the keys
    <div
      id={id}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={held}
      {...(hasChildren ? { 'aria-expanded': expanded } : {})}
      aria-label={words}
      data-side="source"
      data-path={node.path}
      title={[node.path, ...(evidence === null || rate === null ? [] : [t('evidence', { percent, records: evidence.records, distinct: evidence.distinct })]), ...(examples === '' ? [] : [examples])].join('\n')}
      onPointerDown={(event) => draw({ side: 'source', path: node.path }, event)}
      onPointerEnter={() => room.view.getState().drag === null && room.view.setState({ hover: { side: 'source', path: node.path } })}
      onPointerLeave={() => room.view.getState().drag === null && room.view.setState({ hover: null })}
      onClick={() => {
        activate(room.view, 'source', row.key);
        onAct(row);
      }}
      className={cn(
        'group flex h-full cursor-default items-center gap-1.5 select-none',
        held || aimed ? 'bg-accent-tint' : active ? 'bg-surface-3' : 'hover:bg-surface-2',
        active && FOCUS_MARK,
      )}
      style={{ paddingLeft: 4 + depth * 14 }}
    >
      <span
        aria-hidden
        className={cn('flex size-5 shrink-0 items-center justify-center rounded-sm', hasChildren && 'hover:bg-surface-3')}
        onClick={(event) => {
          if (!hasChildren) return;
          event.stopPropagation();
          toggleFold(room.view, 'source', node.path);
        }}
      >
        {hasChildren && <ChevronRight className={cn('size-3.5 text-text-muted transition-transform', expanded && 'rotate-90')} />}
      </span>
      <TypeIcon type={node.type} />
      <span className={cn('max-w-[55%] shrink-0 truncate text-sm', used ? 'font-medium' : 'text-text')}>{node.name === '' ? t('wholeRecord') : node.name}</span>
      <span className="min-w-0 flex-1 truncate text-right font-mono text-2xs text-text-muted">{shown}</span>
      {rate !== null && evidence !== null && (
        <span className="flex shrink-0 items-center justify-end gap-1.5 text-2xs whitespace-nowrap tabular-nums text-text-muted">
          {evidence.distinct > 0 && evidence.records > 1 && <span className="hidden @sm:inline">{t('distinct', { count: evidence.distinct })}</span>}
          <span className={cn('w-9 text-right', rate < 1 && 'text-waiting')}>{percent}</span>
        </span>
      )}
      <span data-dot className="flex h-full w-4 shrink-0 cursor-crosshair touch-none items-center justify-end pointer-coarse:w-9">
        <span className={cn('size-2 rounded-full border', used || held ? 'border-accent bg-accent' : 'border-border-strong bg-raised group-hover:border-accent')} />
      </span>
    </div>
  );
});
