import type { EdgeEnd, Position } from '#engine/flow/document.ts';
import type { DesignerStore } from '../store.ts';

/** Where the menu of node kinds stands open, and what a picked kind is joined to. */
export interface QuickAddRequest {
  /** On the screen, in pixels of the window. */
  screen: Position;
  /** Upper left of the new node on the canvas; absent: a free place near what it is joined to. */
  at?: Position;
  /** Continue from this output. */
  from?: EdgeEnd;
  /** Lead into this input. */
  to?: EdgeEnd;
  /** Put it between the two ends of this edge. */
  edgeId?: string;
}

/** What stands on an edge after a run or a test. */
export interface EdgeLabel {
  /** Short: a count. */
  text: string;
  /** The same in words, for screen readers and the tooltip. */
  name: string;
  tone: 'plain' | 'failed';
}

/** What the canvas shows besides the document; none of it is saved. */
export interface CanvasUi {
  quickAdd: QuickAddRequest | null;
  /** The output for which the place an edge is to lead to is being asked. */
  connectFrom: EdgeEnd | null;
  finding: boolean;
  tidying: boolean;
  /** The pointer draws a selection instead of moving the canvas: for tablets, which have no Shift key. */
  marquee: boolean;
  edgeLabels: ReadonlyMap<string, EdgeLabel>;
}

export function initialCanvasUi(): CanvasUi {
  return { quickAdd: null, connectFrom: null, finding: false, tidying: false, marquee: false, edgeLabels: new Map() };
}

/** Changes part of what the canvas shows. */
export function showOnCanvas(store: DesignerStore, part: Partial<CanvasUi>): void {
  store.setState((state) => ({ canvas: { ...state.canvas, ...part } }));
}

/** Writes on edges (by edge id) what went along them; an empty map takes it all away. */
export function setEdgeLabels(store: DesignerStore, edgeLabels: ReadonlyMap<string, EdgeLabel>): void {
  showOnCanvas(store, { edgeLabels });
}
