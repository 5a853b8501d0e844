import { useMemo, useState } from 'react';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { foldsAround, type OutlineRow, rowOfNode, rowsOf } from './outline-rows.ts';
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
  const [current, setCurrent] = useState<{ key: string; index: number } | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  const found = current === null ? -1 : rows.findIndex(({ item }) => item.key === current.key);
  // A line that is gone leaves the keyboard at the one that took its place.
  const at = found >= 0 ? found : Math.min(current?.index ?? 0, rows.length - 1);
  const [only] = selected;
  const single = selected.length === 1 ? only : undefined;
  const [followed, setFollowed] = useState<string | undefined>(undefined);
  // Somebody else selected a node (the palette, the list of problems, undo): the keyboard goes to its line.
  if (single !== followed) {
    setFollowed(single);
    if (single !== undefined && (current === null || rows[at]?.item.node.id !== single)) {
      const hidden = foldsAround(outline, single);
      const open = hidden.some((key) => folded.has(key)) ? new Set([...folded].filter((key) => !hidden.includes(key))) : folded;
      if (open !== folded) setFolded(open);
      setCurrent({ key: single, index: rowOfNode(rowsOf(outline, open), single) });
    }
  }

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
      setCurrent({ key: row.item.key, index });
      if (!extend) {
        setAnchor(null);
        store.getState().select([row.item.node.id]);
        return;
      }
      const begin = anchor ?? at;
      setAnchor(begin);
      const [from, to] = [Math.min(begin, index), Math.max(begin, index)];
      store.getState().select([...new Set(rows.slice(from, to + 1).flatMap(({ item }) => (item.type === 'node' ? [item.node.id] : [])))]);
    },
    goToNode(nodeId) {
      unfold(nodeId);
      setCurrent({ key: nodeId, index: at });
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

