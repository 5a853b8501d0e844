'use client';

import type { ExpectationResult } from '#engine/mapping/expectations.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslations } from 'next-intl';
import { type ReactNode, type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { useFormWorld } from '#components/schema-form/form-world.ts';
import { useProblemWords } from '#components/schema-form/use-problem-words.ts';
import type { Suggestion } from '#engine/schema/suggest.ts';
import { removeRuleById } from '../model/edit-by-id.ts';
import type { TreeRow } from '../model/field-tree.ts';
import { isEmpty, type TargetNode } from '../model/target-tree.ts';
import { AddTarget } from './add-target.tsx';
import { NewRule } from './new-rule.tsx';
import { PaneSearch } from './pane-search.tsx';
import { useRoom, useRoomView } from './room-context.ts';
import { useRoomData } from './room-data.ts';
import { activate, toggleFold } from './room-view.ts';
import { RowEditor } from './row-editor.tsx';
import { TargetRow } from './target-row.tsx';
import { useRowKeys } from './use-row-keys.ts';
import { PANE_IDS } from './use-room-value.ts';

interface TargetPaneProps {
  rows: readonly TreeRow<TargetNode>[];
  rowHeight: number;
  scroller: RefObject<HTMLDivElement | null>;
  missing: ReadonlySet<string>;
  total: number;
  title: ReactNode;
  aside: ReactNode;
  /** Height of the open editor, for whoever draws beside the rows. */
  extra: number;
  onExtra: (height: number) => void;
  onAccept: (suggestions: readonly Suggestion[]) => void;
  empty: ReactNode;
}

const NO_VERDICTS: readonly ExpectationResult[] = [];

/** The tree of what leaves: each row a sentence with its result, one of them opened to be changed. */
export function TargetPane({ rows, rowHeight, scroller, missing, total, title, aside, extra, onExtra, onAccept, empty }: TargetPaneProps) {
  const t = useTranslations('mapping.room');
  const room = useRoom();
  const { preview, verdicts, suggestions } = useRoomData();
  const active = useRoomView((view) => view.active.target);
  const open = useRoomView((view) => view.open);
  const openIndex = open === null ? -1 : rows.findIndex(({ key }) => key === open);
  const problemOf = useRowProblem();
  // oxlint-disable-next-line react/incompatible-library -- nothing it returns is handed to a memoised component
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (index === openIndex ? rowHeight + extra : rowHeight),
    overscan: 8,
    getItemKey: (index) => rows[index]?.key ?? index,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, openIndex, extra, rowHeight]);
  // A row that is opened from elsewhere (what is missing, what fails, a field just added) comes into view.
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (openIndex < 0 || shown.current === open) return;
    shown.current = open;
    virtual.scrollToIndex(openIndex, { align: 'auto' });
  }, [virtual, open, openIndex]);
  const activeIndex = active === null ? -1 : rows.findIndex(({ key }) => key === active);
  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [virtual, activeIndex]);
  const onAct = useCallback(
    (row: TreeRow<TargetNode>) => {
      const { held, open: before } = room.view.getState();
      const { node } = row;
      if (held?.side === 'source') {
        if (room.draw(held.path, node.path)) room.view.setState({ held: null });
        return;
      }
      if (node.rules.length === 0 && row.hasChildren && node.type !== 'list') toggleFold(room.view, 'target', node.path);
      else room.view.setState({ open: before === row.key ? null : row.key, held: null });
    },
    [room],
  );
  const acceptOne = useCallback((suggestion: Suggestion) => onAccept([suggestion]), [onAccept]);
  const onKeyDown = useRowKeys({
    side: 'target',
    rows,
    scrollTo: (index) => virtual.scrollToIndex(index),
    onAct: (row) => {
      const { held } = room.view.getState();
      onAct(row);
      // What was drawn by keys goes on where it was picked up.
      if (held?.side === 'source' && room.view.getState().held === null) room.focus('source');
      else if (room.view.getState().open === row.key) requestAnimationFrame(() => document.getElementById(EDITOR_ID)?.querySelector<HTMLElement>('input, textarea, button')?.focus());
    },
    onDelete: (row) => {
      const rule = row.node.rules.at(-1)?.rule;
      if (rule !== undefined) room.edit((mapping) => removeRuleById(mapping, rule.id));
    },
  });
  /** After a field was taken the keyboard is at the next target without one. */
  function goOn(index: number): void {
    const next = rows.findIndex(({ node }, at) => at > index && isEmpty(node));
    room.view.setState({ open: null });
    activate(room.view, 'target', rows[next < 0 ? index : next]?.key ?? null);
    virtual.scrollToIndex(next < 0 ? index : next);
  }
  const byTarget = groupVerdicts(verdicts);
  return (
    <section aria-label={t('target')} className="@container flex min-h-0 min-w-0 flex-col">
      <PaneSearch side="target" title={title} placeholder={t('searchTarget')} aside={aside} first={rows[0]?.key ?? null} />
      <div
        ref={scroller}
        id={PANE_IDS.target}
        role="treegrid"
        aria-label={t('target')}
        aria-describedby="mapper-help"
        tabIndex={0}
        aria-activedescendant={active === null ? undefined : rowId(active)}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          if (event.target === event.currentTarget && room.view.getState().active.target === null) room.view.setState(({ active: before }) => ({ active: { ...before, target: rows[0]?.key ?? null } }));
        }}
        className="group/tree min-h-0 flex-1 overflow-y-auto outline-none"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const [placed] = row.node.rules;
            return (
              <div key={row.key} role="presentation" className="absolute inset-x-0 top-0" style={{ transform: `translateY(${item.start}px)` }}>
                <div role="presentation" style={{ height: rowHeight }}>
                  <TargetRow
                    id={rowId(row.key)}
                    row={row}
                    preview={placed === undefined ? undefined : preview?.rules[placed.rule.id]}
                    suggestion={placed === undefined ? suggestions.get(row.node.path) : undefined}
                    verdicts={byTarget.get(row.node.path) ?? NO_VERDICTS}
                    missing={missing.has(row.node.path)}
                    {...problemOf(row.node.rules.map(({ at }) => `mapping.${at}`))}
                    onAct={onAct}
                    onAccept={acceptOne}
                  />
                </div>
                {item.index === openIndex && <OpenRow node={row.node} depth={row.depth} onHeight={onExtra} onTaken={() => goOn(item.index)} onAccept={() => onAccept([suggestions.get(row.node.path)].filter((found) => found !== undefined))} />}
              </div>
            );
          })}
        </div>
        {rows.length === 0 && (total === 0 ? empty : <p className="p-4 text-sm text-text-muted">{t('noHit')}</p>)}
      </div>
      {!room.readOnly && <AddTarget />}
    </section>
  );
}

const EDITOR_ID = 'mapper-open-row';

function OpenRow({ node, depth, onHeight, onAccept, onTaken }: { node: TargetNode; depth: number; onHeight: (height: number) => void; onAccept: () => void; onTaken: () => void }) {
  const room = useRoom();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => onHeight(element.offsetHeight));
    observer.observe(element);
    return () => {
      observer.disconnect();
      onHeight(0);
    };
  }, [onHeight]);
  return (
    // A grid holds rows and nothing else: what opens below a row is one too.
    <div role="row">
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- Escape from any field inside closes the row */}
      <div
        ref={box}
        id={EDITOR_ID}
        role="gridcell"
        className="border-y border-border bg-surface-2 py-2 pr-2"
        style={{ paddingLeft: 24 + depth * 14 }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented) return;
          event.preventDefault();
          event.stopPropagation();
          room.view.setState({ open: null });
          room.focus('target');
        }}
      >
        {node.rules.length === 0 ? (
          <NewRule node={node} onAccept={onAccept} onTaken={onTaken} />
        ) : (
          <div className="flex flex-col gap-3">
            {node.rules.map((placed) => (
              <RowEditor key={placed.rule.id} placed={placed} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

function rowId(key: string): string {
  return `mapper-target-${key}`;
}

/** Pinned cells by the field they lie in. */
function groupVerdicts(verdicts: readonly ExpectationResult[]): ReadonlyMap<string, readonly ExpectationResult[]> {
  const groups = new Map<string, ExpectationResult[]>();
  for (const verdict of verdicts) {
    const path = verdict.expectation.target.replaceAll(/\[\d+\]/g, '[]');
    const group = groups.get(path);
    if (group === undefined) groups.set(path, [verdict]);
    else group.push(verdict);
  }
  return groups;
}

/** What the checks say about the rules of a row, in words. */
function useRowProblem(): (paths: readonly string[]) => { problem: string; wrong: boolean } {
  const { problems } = useFormWorld();
  const words = useProblemWords();
  return (paths) => {
    const found = problems.filter(({ field }) => field !== undefined && paths.some((path) => field === path || (field.startsWith(`${path}.`) && !field.startsWith(`${path}.source.rules.`))));
    return { problem: found.map(words).join(' '), wrong: found.some(({ severity }) => severity === 'error') };
  };
}
