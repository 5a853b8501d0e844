import type { FlowDocument, FlowNode, Position } from '#engine/flow/document.ts';
import { snap } from '../../add-node.ts';
import type { DesignerStore } from '../../store.ts';
import { boundsOf, boxOf, sizeOf } from '../boxes.ts';

export const ALIGN_EDGES = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const;
export type AlignEdge = (typeof ALIGN_EDGES)[number];
export type Axis = 'across' | 'down';

/** Puts the selected nodes on one line. */
export function align(store: DesignerStore, edge: AlignEdge): boolean {
  const nodes = selectedOf(store);
  const bounds = boundsOf(nodes.map(boxOf));
  if (bounds === null || nodes.length < 2) return false;
  const place = (node: FlowNode): Position => {
    const { width, height } = sizeOf(node);
    const { x, y } = node.position;
    switch (edge) {
      case 'left':
        return { x: bounds.x, y };
      case 'centre':
        return { x: bounds.x + (bounds.width - width) / 2, y };
      case 'right':
        return { x: bounds.x + bounds.width - width, y };
      case 'top':
        return { x, y: bounds.y };
      case 'middle':
        return { x, y: bounds.y + (bounds.height - height) / 2 };
      case 'bottom':
        return { x, y: bounds.y + bounds.height - height };
    }
  };
  return move(store, nodes.map((node) => [node, place(node)]));
}

/** Gives the selected nodes equal gaps; the outermost two stay where they are. */
export function distribute(store: DesignerStore, axis: Axis): boolean {
  const nodes = selectedOf(store);
  if (nodes.length < 3) return false;
  const at = axis === 'across' ? 'x' : 'y';
  const long = axis === 'across' ? 'width' : 'height';
  const sorted = nodes.toSorted((a, b) => a.position[at] - b.position[at]);
  const bounds = boundsOf(sorted.map(boxOf));
  if (bounds === null) return false;
  const gap = (bounds[long] - sorted.reduce((sum, node) => sum + sizeOf(node)[long], 0)) / (sorted.length - 1);
  let next = bounds[at];
  const last = sorted.length - 1;
  return move(
    store,
    sorted.map((node, index) => {
      const place = index === 0 || index === last ? node.position[at] : next;
      next += sizeOf(node)[long] + gap;
      return [node, axis === 'across' ? { x: place, y: node.position.y } : { x: node.position.x, y: place }];
    }),
  );
}

/** Moves the selected nodes by so many pixels; repeated nudges are one step of undo. */
export function nudge(store: DesignerStore, by: Position): boolean {
  const nodes = selectedOf(store);
  return move(store, nodes.map((node) => [node, snap({ x: node.position.x + by.x, y: node.position.y + by.y })]), 'nudge');
}

function selectedOf(store: DesignerStore): FlowNode[] {
  const { doc, selectedNodes } = store.getState();
  return nodesOf(doc, selectedNodes);
}

/** The nodes of these ids, in the document's order. */
export function nodesOf(doc: FlowDocument, ids: Iterable<string>): FlowNode[] {
  const wanted = new Set(ids);
  return doc.nodes.filter(({ id }) => wanted.has(id));
}

function move(store: DesignerStore, places: readonly (readonly [FlowNode, Position])[], mark?: string): boolean {
  const moved = places.filter(([node, { x, y }]) => node.position.x !== x || node.position.y !== y).map(([{ id }, { x, y }]) => [id, { x, y }] as const);
  if (moved.length === 0) return false;
  const ids = moved.map(([id]) => id).join(',');
  return store.getState().apply({ type: 'moveNodes', positions: Object.fromEntries(moved) }, mark === undefined ? undefined : `${mark}:${ids}`);
}
