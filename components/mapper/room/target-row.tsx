'use client';

import { ChevronRight, ListFilter, Sparkles } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { cn } from '#components/ui/cn.ts';
import type { RulePreview } from '#engine/mapping/preview-mapping.ts';
import type { Suggestion } from '#engine/schema/suggest.ts';
import type { TreeRow } from '../model/field-tree.ts';
import type { TargetNode } from '../model/target-tree.ts';
import { FieldBadges } from './field-badges.tsx';
import { ResultCell } from './result-cell.tsx';
import { FOCUS_MARK } from './focus-mark.ts';
import { useRoom, useRoomView } from './room-context.ts';
import type { ExpectationResult } from '#engine/mapping/expectations.ts';
import { activate, toggleFold } from './room-view.ts';
import { TypeIcon } from './type-icon.tsx';
import { useDrawLine } from './use-draw-line.ts';
import { sentenceText, useSentence } from './use-sentence.ts';

interface TargetRowProps {
  id: string;
  row: TreeRow<TargetNode>;
  preview: RulePreview | undefined;
  suggestion: Suggestion | undefined;
  verdicts: readonly ExpectationResult[];
  missing: boolean;
  /** What the checks say about its rules; '' where they say nothing. */
  problem: string;
  /** It is an error, not a warning. */
  wrong: boolean;
  onAct: (row: TreeRow<TargetNode>) => void;
  onAccept: (suggestion: Suggestion) => void;
}

/** A field that leaves, as a sentence: where its value comes from, what is done with it, and the result for the sample. */
export const TargetRow = memo(function TargetRow({ id, row, preview, suggestion, verdicts, missing, problem, wrong, onAct, onAccept }: TargetRowProps) {
  const t = useTranslations('mapping');
  const room = useRoom();
  const draw = useDrawLine();
  const say = useSentence();
  const { node, depth, hasChildren, expanded } = row;
  const active = useRoomView((view) => view.active.target === row.key);
  const open = useRoomView((view) => view.open === row.key);
  const held = useRoomView((view) => view.held?.side === 'target' && view.held.path === node.path);
  const aimed = useRoomView((view) => view.hover?.side === 'target' && view.hover.path === node.path && view.held?.side === 'source');
  const [placed] = node.rules;
  const sentence = placed === undefined ? null : say(placed.rule);
  const name = node.loose ? (node.name === '' ? t('room.noTarget') : node.name) : node.name;
  const required = node.field?.required === true;
  const label = [
    name,
    t(`room.types.${node.type}`),
    ...(required ? [t('room.required')] : []),
    ...(sentence === null ? [hasChildren ? '' : t('room.notMapped')] : [`← ${sentenceText(sentence)}`]),
    problem,
  ]
    .filter((part) => part !== '')
    .join(', ');
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the tree around it holds the focus and the keys
    <div
      id={id}
      role="row"
      aria-level={depth + 1}
      aria-selected={open}
      {...(hasChildren ? { 'aria-expanded': expanded } : {})}
      aria-label={label}
      data-side="target"
      data-path={node.path}
      onPointerDown={(event) => draw({ side: 'target', path: node.path }, event)}
      onPointerEnter={() => room.view.getState().drag === null && room.view.setState({ hover: { side: 'target', path: node.path } })}
      onPointerLeave={() => room.view.getState().drag === null && room.view.setState({ hover: null })}
      onClick={() => {
        activate(room.view, 'target', row.key);
        onAct(row);
      }}
      className={cn(
        'group grid h-full cursor-default grid-cols-[minmax(9rem,0.8fr)_minmax(9rem,1fr)_minmax(6rem,0.7fr)] items-center gap-2 pr-2 select-none',
        held || aimed ? 'bg-accent-tint' : open ? 'bg-surface-2' : active ? 'bg-surface-3' : 'hover:bg-surface-2',
        active && FOCUS_MARK,
      )}
    >
      {/* The dots stand in one column, whatever the depth: lines end at them. */}
      <div role="gridcell" className="flex h-full min-w-0 items-center gap-1.5">
        <span data-dot title={problem === '' ? undefined : problem} className="flex h-full w-4 shrink-0 cursor-crosshair touch-none items-center justify-start pointer-coarse:w-9">
          <span
            className={cn(
              'size-2 rounded-full border',
              wrong ? 'border-failed bg-failed' : problem !== '' ? 'border-waiting bg-waiting' : node.rules.length > 0 || held ? 'border-accent bg-accent' : 'border-border-strong bg-raised group-hover:border-accent',
            )}
          />
        </span>
        <span aria-hidden className="-mr-1.5 shrink-0" style={{ width: depth * 14 }} />
        {hasChildren && (
          <span
            aria-hidden
            className="-ml-1 flex size-5 shrink-0 items-center justify-center rounded-sm hover:bg-surface-3"
            onClick={(event) => {
              event.stopPropagation();
              toggleFold(room.view, 'target', node.path);
            }}
          >
            <ChevronRight className={cn('size-3.5 text-text-muted transition-transform', expanded && 'rotate-90')} />
          </span>
        )}
        <TypeIcon type={node.type} />
        <span className={cn('min-w-0 truncate text-sm', node.touched && 'font-medium', node.name === '' && 'text-text-muted italic')} title={[node.path, node.field?.title, node.field?.description].filter((part) => part !== undefined).join('\n')}>
          {name}
        </span>
        {required && (
          <span className={cn('shrink-0 text-2xs', missing ? 'text-failed' : 'text-text-muted')} title={t('room.required')}>
            *
          </span>
        )}
        <FieldBadges field={node.field} />
      </div>
      <div role="gridcell" className="flex min-w-0 items-center gap-1 overflow-hidden text-xs">
        {sentence !== null && placed !== undefined ? (
          <>
            <span className={cn('min-w-0 truncate', sentence.source === '' ? 'text-text-muted italic' : 'font-mono text-2xs')} title={sentenceText(sentence)}>
              {sentence.source === '' ? t('room.noSourceYet') : sentence.source}
            </span>
            {sentence.functions.map((text, index) => (
              <span key={index} className="max-w-28 shrink-0 truncate rounded-sm bg-accent-tint px-1 text-2xs leading-5 text-accent" title={text}>
                {text}
              </span>
            ))}
            {sentence.when !== '' && (
              <span title={sentence.when} className="flex shrink-0 items-center">
                <ListFilter aria-label={sentence.when} className="size-3 text-text-muted" />
              </span>
            )}
            {node.rules.length > 1 && <span className="shrink-0 text-2xs text-text-muted">{t('room.moreRules', { count: node.rules.length - 1 })}</span>}
          </>
        ) : suggestion !== undefined ? (
          <button
            type="button"
            tabIndex={-1}
            aria-label={t('room.acceptOne', { source: suggestion.source, target: node.path })}
            title={suggestion.reasons.map((reason) => t(`room.reasons.${reason}`)).join(', ')}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={(event) => {
              event.stopPropagation();
              onAccept(suggestion);
            }}
            className="flex min-w-0 items-center gap-1 rounded-sm border border-dashed border-border-strong px-1 leading-5 text-text-muted hover:border-accent hover:text-accent"
          >
            <Sparkles aria-hidden className="size-3 shrink-0" />
            <span className="truncate font-mono text-2xs">{suggestion.source}</span>
            <span className="hidden shrink-0 text-2xs @2xl:inline">{suggestion.reasons.map((reason) => t(`room.reasonsShort.${reason}`)).join(' · ')}</span>
          </button>
        ) : (
          !hasChildren && <span className={cn('text-2xs', missing ? 'text-failed' : 'text-text-muted opacity-0 group-hover:opacity-100')}>{t(missing ? 'room.requiredMissing' : 'room.notMapped')}</span>
        )}
      </div>
      <div role="gridcell" className="min-w-0">
        {placed?.rule.source.type !== 'forEach' && <ResultCell preview={preview} verdicts={verdicts} />}
        {placed?.rule.source.type === 'forEach' && <ListResult preview={preview} verdicts={verdicts} />}
      </div>
    </div>
  );
});

/** Of a pairing: how many items the sample gives. */
function ListResult({ preview, verdicts }: { preview: RulePreview | undefined; verdicts: readonly ExpectationResult[] }) {
  const t = useTranslations('forms');
  const first = preview?.outcomes[0];
  if (first?.state !== 'filled' || !Array.isArray(first.value)) return <ResultCell preview={preview} verdicts={verdicts} />;
  return <span className="text-xs text-text-muted">{t('items', { size: `[${first.value.length}]` })}</span>;
}
