import { outputsOf } from '#components/canvas/kind-info.ts';
import type { FlowDocument, FlowNode, Position } from '#engine/flow/document.ts';
import { snap } from '../../add-node.ts';
import type { DesignerStore } from '../../store.ts';
import { type Box, boundsOf, boxOf, frameOf, groupsByNode } from '../boxes.ts';
import { showOnCanvas } from '../canvas-ui.ts';
import { layOutAside } from '../lay-out-aside.ts';
import type { LayoutInput } from '../layout.ts';

type LayOut = (input: LayoutInput) => Promise<Record<string, Position>>;

/** Nodes that keep their places towards one another: a group, or one node. */
interface Block extends Box {
  id: string;
  nodes: readonly FlowNode[];
}

const NOTE_REACH = 400;

/**
 * Lays the flow out from left to right: the selected nodes if there are several, else all. Groups stay as they were placed by
 * hand and move as a whole, notes go with what they stand beside. One step of undo.
 * @returns how many nodes moved; null: there is nothing to lay out, or the flow was edited meanwhile
 */
export async function tidy(store: DesignerStore, layOut: LayOut = layOutAside): Promise<number | null> {
  const { doc, selectedNodes, readOnly } = store.getState();
  if (readOnly) return null;
  const scope = new Set(selectedNodes.length > 1 ? selectedNodes : doc.nodes.map(({ id }) => id));
  const { blocks, notes } = blocksOf(doc, scope);
  const before = boundsOf(blocks);
  if (before === null || blocks.length < 2) return null;
  showOnCanvas(store, { tidying: true });
  try {
    const places = await layOut({ boxes: blocks.map(({ id, width, height }) => ({ id, width, height })), joins: joinsOf(doc, blocks) });
    if (store.getState().doc !== doc) return null;
    const positions = positionsOf({ blocks, notes, places, before });
    const ids = Object.keys(positions);
    if (ids.length > 0) store.getState().apply({ type: 'moveNodes', positions });
    return ids.length;
  } finally {
    showOnCanvas(store, { tidying: false });
  }
}

function blocksOf(doc: FlowDocument, scope: ReadonlySet<string>): { blocks: Block[]; notes: FlowNode[] } {
  const byNode = groupsByNode(doc);
  const byId = new Map(doc.nodes.map((node) => [node.id, node]));
  const blocks = new Map<string, Block>();
  const notes: FlowNode[] = [];
  for (const node of doc.nodes) {
    if (!scope.has(node.id)) continue;
    const group = byNode.get(node.id);
    if (group !== undefined) {
      if (blocks.has(group.id)) continue;
      const nodes = group.nodes.flatMap((id) => byId.get(id) ?? []);
      blocks.set(group.id, { id: group.id, nodes, ...frameOf(group, nodes.map(boxOf)) });
    } else if (node.kind === 'note') notes.push(node);
    else blocks.set(node.id, { id: node.id, nodes: [node], ...boxOf(node) });
  }
  return { blocks: [...blocks.values()], notes };
}

/** Between different blocks, once each. Ports in their order, so that the first output tends to stay the upper one. */
function joinsOf(doc: FlowDocument, blocks: readonly Block[]): LayoutInput['joins'] {
  const blockOf = new Map(blocks.flatMap((block) => block.nodes.map(({ id }) => [id, block.id] as const)));
  const portAt = new Map(blocks.flatMap(({ nodes }) => nodes.flatMap((node) => outputsOf(node).map((port, index) => [`${node.id} ${port.id}`, index] as const))));
  const joins = new Map<string, { from: string; to: string }>();
  const sorted = doc.edges.toSorted((a, b) => (portAt.get(`${a.from.node} ${a.from.port}`) ?? 0) - (portAt.get(`${b.from.node} ${b.from.port}`) ?? 0));
  for (const edge of sorted) {
    const from = blockOf.get(edge.from.node);
    const to = blockOf.get(edge.to.node);
    if (from !== undefined && to !== undefined && from !== to) joins.set(`${from} ${to}`, { from, to });
  }
  return [...joins.values()];
}

interface Placed {
  blocks: readonly Block[];
  notes: readonly FlowNode[];
  places: Record<string, Position>;
  /** Where the whole was before: it keeps its upper left, so that it does not leave the screen. */
  before: Box;
}

function positionsOf({ blocks, notes, places, before }: Placed): Record<string, Position> {
  const after = boundsOf(blocks.map((block) => ({ ...block, ...places[block.id] }))) ?? before;
  const shifts = new Map<string, Position>();
  for (const block of blocks) {
    const place = places[block.id] ?? block;
    const at = snap({ x: place.x - after.x + before.x, y: place.y - after.y + before.y });
    const origin = snap(block);
    shifts.set(block.id, { x: at.x - origin.x, y: at.y - origin.y });
  }
  const positions: Record<string, Position> = {};
  const shift = (node: FlowNode, by: Position | undefined): void => {
    if (by === undefined || (by.x === 0 && by.y === 0)) return;
    positions[node.id] = { x: node.position.x + by.x, y: node.position.y + by.y };
  };
  for (const block of blocks) for (const node of block.nodes) shift(node, shifts.get(block.id));
  for (const note of notes) shift(note, shifts.get(nearest(note, blocks)?.id ?? ''));
  return positions;
}

function nearest(note: FlowNode, blocks: readonly Block[]): Block | undefined {
  let found: { block: Block; distance: number } | undefined;
  for (const block of blocks) {
    const dx = Math.max(block.x - note.position.x, 0, note.position.x - (block.x + block.width));
    const dy = Math.max(block.y - note.position.y, 0, note.position.y - (block.y + block.height));
    const distance = Math.hypot(dx, dy);
    if (distance <= NOTE_REACH && (found === undefined || distance < found.distance)) found = { block, distance };
  }
  return found?.block;
}
