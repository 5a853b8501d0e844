import type { Position } from '#engine/flow/document.ts';

const MARK = 'weft-edge-target';

/** The edge under a point of the screen, even where a node lies above it. */
export function edgeAt({ x, y }: Position): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest('.react-flow__edge')?.getAttribute('data-id');
    if (id != null) return id;
  }
  return null;
}

/** The middle of a drawn edge, in the canvas's own pixels. Null: it is not drawn. */
export function middleOf(edgeId: string): Position | null {
  const path = document.querySelector<SVGPathElement>(`.react-flow__edge[data-id="${CSS.escape(edgeId)}"] .react-flow__edge-path`);
  if (path === null) return null;
  const { x, y } = path.getPointAtLength(path.getTotalLength() / 2);
  return { x, y };
}

/**
 * Shows that what is being dragged would be put on this edge; null: on none. Set on the element itself: it changes with every
 * move of the mouse, and nothing else of the canvas needs to be drawn for it.
 */
export function markEdge(edgeId: string | null): void {
  for (const marked of document.querySelectorAll(`.${MARK}`)) if (marked.getAttribute('data-id') !== edgeId) marked.classList.remove(MARK);
  if (edgeId !== null) document.querySelector(`.react-flow__edge[data-id="${CSS.escape(edgeId)}"]`)?.classList.add(MARK);
}
