import { createStore, type StoreApi } from 'zustand/vanilla';

export type Side = 'source' | 'target';

/** A field that has been picked up to draw a line from. */
export interface Held {
  side: Side;
  path: string;
}

/** What one open mapper shows: state of the view, never part of the document. */
export interface RoomView {
  folded: Record<Side, ReadonlySet<string>>;
  query: Record<Side, string>;
  /** The row the keyboard is on, by key. */
  active: Record<Side, string | null>;
  held: Held | null;
  /** Where the pointer is while a line is dragged, in pixels of the window. */
  drag: { x: number; y: number } | null;
  /** Target row whose editor is open. */
  open: string | null;
  /** Row under the pointer; its lines stand out. */
  hover: Held | null;
  /** What the last gesture could not do, or did where nobody sees it. */
  notice: string;
}

export type RoomViewStore = StoreApi<RoomView>;

export function createRoomView(): RoomViewStore {
  return createStore<RoomView>()(() => ({
    folded: { source: new Set(), target: new Set() },
    query: { source: '', target: '' },
    active: { source: null, target: null },
    held: null,
    drag: null,
    open: null,
    hover: null,
    notice: '',
  }));
}

/** Folds a container up, or opens it. */
export function toggleFold(view: RoomViewStore, side: Side, path: string): void {
  view.setState(({ folded }) => {
    const next = new Set(folded[side]);
    if (!next.delete(path)) next.add(path);
    return { folded: { ...folded, [side]: next } };
  });
}

export function activate(view: RoomViewStore, side: Side, key: string | null): void {
  view.setState(({ active }) => ({ active: { ...active, [side]: key } }));
}
