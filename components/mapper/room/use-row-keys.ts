'use client';

import type { KeyboardEvent } from 'react';
import type { TreeRow, TreeNode } from '../model/field-tree.ts';
import { useRoom } from './room-context.ts';
import { activate, type Side, toggleFold } from './room-view.ts';

const PAGE = 12;

interface RowKeys<N> {
  side: Side;
  rows: readonly TreeRow<N>[];
  scrollTo: (index: number) => void;
  /** Enter or Space on a row. */
  onAct: (row: TreeRow<N>) => void;
  onDelete?: (row: TreeRow<N>) => void;
}

/** The keys of a tree: arrows move and fold, Enter acts, `/` searches, Escape puts down what is held. */
export function useRowKeys<N extends TreeNode<N>>({ side, rows, scrollTo, onAct, onDelete }: RowKeys<N>): (event: KeyboardEvent<HTMLElement>) => void {
  const room = useRoom();
  return (event) => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const { active, folded, query, held } = room.view.getState();
    const at = rows.findIndex(({ key }) => key === active[side]);
    const row = rows[at];
    const go = (index: number) => {
      const next = rows[Math.max(0, Math.min(rows.length - 1, index))];
      if (next === undefined) return;
      activate(room.view, side, next.key);
      scrollTo(rows.indexOf(next));
    };
    const deeds: Record<string, (() => void) | undefined> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at < 0 ? 0 : at - 1),
      PageDown: () => go(at + PAGE),
      PageUp: () => go(at - PAGE),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => (row !== undefined && row.hasChildren && folded[side].has(row.node.path) ? toggleFold(room.view, side, row.node.path) : go(at + 1)),
      ArrowLeft: () => {
        if (row === undefined) return;
        if (row.hasChildren && row.expanded && query[side] === '') toggleFold(room.view, side, row.node.path);
        else go(rows.findLastIndex((other, index) => index < at && other.depth < row.depth));
      },
      Enter: () => row !== undefined && onAct(row),
      ' ': () => row !== undefined && onAct(row),
      Delete: onDelete === undefined ? undefined : () => row !== undefined && onDelete(row),
      Backspace: onDelete === undefined ? undefined : () => row !== undefined && onDelete(row),
      '/': () => {
        const search = document.getElementById(`mapper-search-${side}`);
        search?.focus();
        // The next search replaces the one before.
        if (search instanceof HTMLInputElement) search.select();
      },
      Escape:
        held === null
          ? undefined
          : () => {
              room.view.setState({ held: null, notice: '' });
              room.focus(held.side);
            },
    };
    const deed = deeds[event.key];
    if (deed === undefined || ((event.ctrlKey || event.metaKey) && event.key !== 'Home' && event.key !== 'End')) return;
    event.preventDefault();
    event.stopPropagation();
    deed();
  };
}
