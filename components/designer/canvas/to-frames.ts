import { type CanvasGroup, type CanvasItem, type CanvasNode, groupItemId, isCanvasNode } from '#components/canvas/to-graph.ts';
import type { FlowDocument, FlowGroup } from '#engine/flow/document.ts';
import { indexOf } from '../doc-index.ts';
import { type Box, boxOf, frameOf, sizeOf } from './boxes.ts';

interface FrameView {
  nameOf(group: FlowGroup): string;
}

/**
 * The frames of a document's groups, around the nodes as they are drawn at this moment (a drag may be in progress).
 * Frames that stay as they were keep their identity.
 */
export function withFrames(doc: FlowDocument, items: readonly CanvasItem[], { nameOf }: FrameView): CanvasItem[] {
  const nodes = items.filter(isCanvasNode);
  if (doc.groups === undefined) return nodes.length === items.length && Array.isArray(items) ? [...items] : nodes;
  const known = new Map(items.filter((item) => !isCanvasNode(item)).map((item) => [item.id, item]));
  const drawn = new Map(nodes.map((node) => [node.id, node]));
  const frames = doc.groups.map((group): CanvasGroup => {
    const frame = frameOf(group, group.nodes.flatMap((id) => boxNow(doc, drawn.get(id), id) ?? []));
    const id = groupItemId(group.id);
    const old = known.get(id);
    const name = nameOf(group);
    if (old?.type === 'frame' && old.data.group === group && old.data.name === name && sameBox(old, frame)) return old;
    const { x, y, width, height } = frame;
    return {
      ...(old?.type === 'frame' && { measured: old.measured }),
      id,
      type: 'frame',
      position: { x, y },
      width,
      height,
      data: { group, name },
      zIndex: group.folded ? 0 : -2,
      selectable: false,
      focusable: false,
      connectable: false,
      // Only the title takes the pointer: inside the frame edges and the canvas itself stay within reach.
      ...(group.folded ? { style: undefined } : { style: { pointerEvents: 'none' } }),
      dragHandle: '.weft-group-head',
    };
  });
  // Frames first: nodes lie above them.
  return [...frames, ...nodes];
}

function boxNow(doc: FlowDocument, drawn: CanvasNode | undefined, id: string): Box | null {
  if (drawn === undefined) {
    const node = indexOf(doc).node(id);
    return node === undefined ? null : boxOf(node);
  }
  const guess = sizeOf(drawn.data.node);
  return { ...drawn.position, width: drawn.measured?.width ?? guess.width, height: drawn.measured?.height ?? guess.height };
}

function sameBox(item: CanvasGroup, box: Box): boolean {
  return item.position.x === box.x && item.position.y === box.y && item.width === box.width && item.height === box.height;
}
