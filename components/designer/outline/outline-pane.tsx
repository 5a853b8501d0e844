'use client';

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { ChevronsDownUp, ChevronsUpDown, ListTree, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type KeyboardEvent, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { usePhrases } from '#components/canvas/use-phrases.ts';
import { useCommandDesk } from '#components/commands/command-context.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { indexOf } from '../doc-index.ts';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { useMediaQuery } from '../use-media-query.ts';
import { OutlinePick, type OutlineWish } from './outline-pick.tsx';
import { OutlineRowView } from './outline-row-view.tsx';
import { useOutline, walk } from './use-outline.ts';
import { useOutlineCommands } from './use-outline-commands.ts';

const LINE = 36;
const COARSE_LINE = 44;

/** The whole flow as an editable tree: everything the canvas can do to a flow, by keyboard or by menu. */
export function OutlinePane({ reading = false }: { reading?: boolean }) {
  const t = useTranslations('outline');
  const store = useDesignerStore();
  const desk = useCommandDesk();
  const phrases = usePhrases();
  const readOnly = useDesigner((state) => state.readOnly) || reading;
  const selected = useDesigner((state) => state.selectedNodes);
  const count = useDesigner((state) => state.doc.nodes.length);
  const outline = useOutline();
  const { rows, at } = outline;
  const box = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const [wish, setWish] = useState<OutlineWish | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [menu, setMenu] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const coarse = useMediaQuery('(pointer: coarse)');
  // oxlint-disable-next-line react/incompatible-library -- its functions are called while drawing and handed to nobody
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => (coarse ? COARSE_LINE : LINE),
    overscan: 12,
    getItemKey: (index) => rows[index]?.item.key ?? index,
    // The line with the focus stays, wherever the list is scrolled to: else the focus would be lost with it.
    rangeExtractor: (range) => (at < 0 ? defaultRangeExtractor(range) : [...new Set([...defaultRangeExtractor(range), at])].toSorted((a, b) => a - b)),
  });

  const focusLine = useCallback(() => box.current?.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus({ preventScroll: true }), []);
  const current = rows[at]?.item.key;
  const bringLine = useEffectEvent(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  });
  useEffect(() => {
    bringLine();
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    const frame = requestAnimationFrame(focusLine);
    return () => cancelAnimationFrame(frame);
  }, [current, focusLine]);
  // Whoever came by key goes on by key.
  useEffect(() => {
    if (document.activeElement !== document.body && document.activeElement?.id !== 'content') return;
    const frame = requestAnimationFrame(focusLine);
    return () => cancelAnimationFrame(frame);
  }, [focusLine]);
  /** After a dialog or menu has given the focus up. */
  const back = useCallback(() => void requestAnimationFrame(() => requestAnimationFrame(focusLine)), [focusLine]);
  const go = (index: number, extend: boolean): void => {
    if (index === at) focusLine();
    else wantsFocus.current = true;
    outline.go(index, { extend });
  };

  useOutlineCommands({ outline, ask: setWish, rename: setRenaming, focus: back, say: setSaid });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      if (!readOnly) setMenu(rows[at]?.item.key ?? null);
      return;
    }
    const next = walk(rows, at, event.key);
    if (next === null) return;
    event.preventDefault();
    if (typeof next === 'number') go(next, event.shiftKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown'));
    else outline.fold(next.fold, next.folded);
  }

  if (count === 0)
    return (
      <div className="flex h-full items-center justify-center overflow-auto p-6">
        <EmptyState
          icon={<ListTree />}
          title={t('empty.title')}
          action={
            readOnly ? undefined : (
              <Button variant="primary" onClick={() => setWish({ type: 'add', after: null })}>
                <Plus aria-hidden className="size-4" />
                {t('pick.first')}
              </Button>
            )
          }
        >
          {t('empty.text')}
        </EmptyState>
        {picker()}
      </div>
    );

  return (
    <div className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex h-9 shrink-0 items-center gap-1 border-b border-border px-2 text-xs text-text-muted">
        <span className="px-1">{t('count', { count })}</span>
        <span className="min-w-0 flex-1 truncate px-2 max-lg:invisible">{readOnly ? '' : t('hint')}</span>
        <IconButton size="sm" label={t('foldAll')} icon={<ChevronsDownUp />} onClick={() => outline.foldAll(true)} />
        <IconButton size="sm" label={t('unfoldAll')} icon={<ChevronsUpDown />} onClick={() => outline.foldAll(false)} />
        {!readOnly && (
          <Button size="sm" variant="quiet" onClick={() => desk?.run('outlineAddAfter')}>
            <Plus aria-hidden className="size-3.5" />
            {t('add')}
          </Button>
        )}
      </div>
      <div ref={box} className="min-h-0 flex-1 overflow-y-auto">
        <div
          role="tree"
          aria-label={t('label')}
          aria-multiselectable
          data-command-surface={readOnly ? undefined : 'outline'}
          className="relative w-full"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const { key } = row.item;
            return (
              <OutlineRowView
                key={key}
                row={row}
                index={index}
                focused={index === at}
                selected={row.item.type === 'node' ? selected.includes(row.item.node.id) : index === at}
                renaming={renaming === key}
                menuOpen={menu === key}
                readOnly={readOnly}
                style={{ transform: `translateY(${start}px)` }}
                onKey={onKeyDown}
                onGo={go}
                onFold={outline.fold}
                onMenu={(next) => {
                  setMenu(next);
                  if (next === null && wish === null) back();
                }}
                onRenamed={() => {
                  setRenaming(null);
                  back();
                }}
              />
            );
          })}
        </div>
      </div>
      <p role="status" className="sr-only">
        {said}
      </p>
      {picker()}
    </div>
  );

  function picker() {
    if (wish === null) return null;
    return (
      <OutlinePick
        wish={wish}
        onClose={() => {
          setWish(null);
          back();
        }}
        onPick={({ op, nodeId }) => {
          if (!store.getState().apply(op)) return;
          outline.goToNode(nodeId);
          const node = indexOf(store.getState().doc).node(nodeId);
          const words = { add: 'added', insert: 'added', connect: 'connected', disconnect: 'disconnected', moveAfter: 'moved' } as const;
          setSaid(t(`said.${words[wish.type]}`, { name: node === undefined ? '' : phrases.name(node) }));
          back();
        }}
      />
    );
  }
}
