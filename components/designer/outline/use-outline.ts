import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { foldsAround, type OutlineRow, rowsOf } from './outline-rows.ts';
import { outlineOf } from './outline-tree.ts';

/** The lines of the open flow, which are folded, and which one is at the keyboard. */
export interface OutlineState {
  rows: readonly OutlineRow[];
  /** Index of the line that has, or would get, the focus; -1: there are no lines. */
  at: number;
  /** Goes to a line. `extend`: the selection grows to it instead of moving there. */
  go(index: number, options?: { extend?: boolean }): void;
  /** Goes to a node's own line, unfolding what hides it. */
  goToNode(nodeId: string): void;
  fold(key: string, folded: boolean): void;
  foldAll(folded: boolean): void;
}

/** State of the outline. The line at the keyboard and the designer's selection follow one another. */
export function useOutline(): OutlineState {
  const store = useDesignerStore();
  const doc = useDesigner((state) => state.doc);
  const selected = useDesigner((state) => state.selectedNodes);
  const outline = useMemo(() => outlineOf(doc), [doc]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => rowsOf(outline, folded), [outline, folded]);
  const [current, setCurrent] = useState<string | null>(null);
  // A line that is gone leaves the keyboard at the one that took its place.
  const lastIndex = useRef(0);
  const anchor = useRef<number | null>(null);
  const found = current === null ? -1 : rows.findIndex(({ item }) => item.key === current);
  const at = found >= 0 ? found : Math.min(lastIndex.current, rows.length - 1);
  useEffect(() => {
    lastIndex.current = Math.max(at, 0);
  }, [at]);

  // Somebody else selected a node: the palette, the list of problems, undo.
  const follow = useEffectEvent((nodeId: string) => {
    if (rows[at]?.item.node.id === nodeId && current !== null) return;
    unfold(nodeId);
    setCurrent(nodeId);
  });
  const [only] = selected;
  const single = selected.length === 1 ? only : undefined;
  useEffect(() => {
    if (single !== undefined) follow(single);
  }, [single]);

  function unfold(nodeId: string): void {
    const around = foldsAround(outlineOf(store.getState().doc), nodeId);
    if (around.some((key) => folded.has(key))) setFolded((keys) => new Set([...keys].filter((key) => !around.includes(key))));
  }

  return {
    rows,
    at,
    go(index, { extend = false } = {}) {
      const row = rows[index];
      if (row === undefined) return;
      setCurrent(row.item.key);
      if (!extend) {
        anchor.current = null;
        store.getState().select([row.item.node.id]);
        return;
      }
      anchor.current ??= at;
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      store.getState().select([...new Set(rows.slice(from, to + 1).flatMap(({ item }) => (item.type === 'node' ? [item.node.id] : [])))]);
    },
    goToNode(nodeId) {
      unfold(nodeId);
      setCurrent(nodeId);
      store.getState().select([nodeId]);
    },
    fold(key, fold) {
      setFolded((keys) => (fold ? new Set([...keys, key]) : new Set([...keys].filter((one) => one !== key))));
    },
    foldAll(fold) {
      const all = rowsOf(outline, new Set()).filter(({ expanded }) => expanded !== undefined);
      setFolded(new Set(fold ? all.map(({ item }) => item.key) : []));
    },
  };
}

/** The line to go to on an arrow key, Home or End; the tree's own keys, as the ARIA practices have them. */
export function walk(rows: readonly OutlineRow[], at: number, key: string): number | { fold: string; folded: boolean } | null {
  const row = rows[at];
  if (row === undefined) return null;
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, rows.length - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'ArrowRight':
      if (row.expanded === undefined) return at;
      return row.expanded ? at + 1 : { fold: row.item.key, folded: false };
    case 'ArrowLeft':
      if (row.expanded === true) return { fold: row.item.key, folded: true };
      return row.parent === null ? at : rowIndex(rows, row.parent);
    default:
      return null;
  }
}

function rowIndex(rows: readonly OutlineRow[], key: string): number {
  return rows.findIndex(({ item }) => item.key === key);
}

