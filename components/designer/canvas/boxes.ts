import { inputsOf, outputsOf } from '#components/canvas/kind-info.ts';
import { noteText } from '#components/canvas/note-text.ts';
import type { FlowDocument, FlowGroup, FlowNode } from '#engine/flow/document.ts';
import { NODE_HEIGHT, NODE_WIDTH } from '../add-node.ts';

/** A rectangle on the canvas, in its own pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const PORT_ROW = 24;
const PORT_LIST = 9;
const NOTE_LINE = 20;
const NOTE_LETTERS = 34;

/** Room between a group's nodes and its frame; the title stands above them. */
export const GROUP_PADDING = 20;
export const GROUP_TITLE = 40;
export const FOLDED_WIDTH = NODE_WIDTH;
export const FOLDED_HEIGHT = NODE_HEIGHT;

/** The size a node is drawn with, known before it is drawn: a card with a row per port where there are several. */
export function sizeOf(node: FlowNode): { width: number; height: number } {
  if (node.kind === 'note') {
    const lines = noteText(node).split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / NOTE_LETTERS)), 0);
    return { width: NODE_WIDTH, height: Math.max(64, lines * NOTE_LINE + 26) };
  }
  const inputs = inputsOf(node).length;
  const outputs = outputsOf(node).length;
  const rows = Math.max(inputs > 1 ? inputs : 0, outputs > 1 ? outputs : 0);
  return { width: NODE_WIDTH, height: NODE_HEIGHT + (rows === 0 ? 0 : rows * PORT_ROW + PORT_LIST) };
}

export function boxOf(node: FlowNode): Box {
  return { ...node.position, ...sizeOf(node) };
}

/** The smallest box around all; null for none. */
export function boundsOf(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The frame around a group, or the card of a folded one. */
export function frameOf(group: FlowGroup, boxes: readonly Box[]): Box {
  const inner = boundsOf(boxes) ?? { x: 0, y: 0, width: 0, height: 0 };
  if (group.folded) return { x: inner.x, y: inner.y, width: FOLDED_WIDTH, height: FOLDED_HEIGHT };
  return {
    x: inner.x - GROUP_PADDING,
    y: inner.y - GROUP_TITLE,
    width: inner.width + 2 * GROUP_PADDING,
    height: inner.height + GROUP_TITLE + GROUP_PADDING,
  };
}

/** The group each node is in, by node id. */
export function groupsByNode(doc: FlowDocument): ReadonlyMap<string, FlowGroup> {
  const byNode = new Map<string, FlowGroup>();
  for (const group of doc.groups ?? []) for (const id of group.nodes) byNode.set(id, group);
  return byNode;
}
