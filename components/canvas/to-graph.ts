import { type Edge, MarkerType, type Node } from '@xyflow/react';
import type { FlowDocument, FlowEdge, FlowGroup, FlowNode } from '#engine/flow/document.ts';

/** What React Flow draws for one node: the node itself, by reference, so that an unchanged node is never drawn again. */
export type CanvasNode = Node<{ node: FlowNode }, 'flow' | 'note'>;
/** The frame around a group, or the card in the place of a folded one. */
export type CanvasGroup = Node<{ group: FlowGroup; name: string }, 'frame'>;
export type CanvasItem = CanvasNode | CanvasGroup;
export type CanvasEdge = Edge;

export interface GraphView {
  selected: ReadonlySet<string>;
  /** The accessible name of a node. */
  nameOf(node: FlowNode): string;
  /** Nodes of folded groups: they are not drawn. */
  hidden?: ReadonlyMap<string, FlowGroup>;
}

/** A colon is in no node's id, so a group's item can never be taken for a node. */
export function groupItemId(groupId: string): string {
  return `group:${groupId}`;
}

export function isCanvasNode(item: CanvasItem): item is CanvasNode {
  return item.type !== 'frame';
}

/** Nodes that are out of sight because their group is folded, with that group. */
export function hiddenNodes(doc: FlowDocument): ReadonlyMap<string, FlowGroup> {
  const hidden = new Map<string, FlowGroup>();
  for (const group of doc.groups ?? []) if (group.folded) for (const id of group.nodes) hidden.set(id, group);
  return hidden;
}

/**
 * The document's nodes for React Flow. Objects of `previous` are kept where nothing changed, together with what React
 * Flow itself knows of them (measured size, a drag in progress).
 */
export function toCanvasNodes(doc: FlowDocument, view: GraphView, previous: readonly CanvasNode[]): CanvasNode[] {
  const known = new Map(previous.map((node) => [node.id, node]));
  const shown = view.hidden === undefined || view.hidden.size === 0 ? doc.nodes : doc.nodes.filter(({ id }) => view.hidden?.has(id) !== true);
  return shown.map((node) => {
    const old = known.get(node.id);
    const selected = view.selected.has(node.id);
    const ariaLabel = view.nameOf(node);
    if (old !== undefined && old.data.node === node) {
      return (old.selected ?? false) === selected && old.ariaLabel === ariaLabel ? old : { ...old, selected, ariaLabel };
    }
    return {
      ...old,
      id: node.id,
      type: node.kind === 'note' ? ('note' as const) : ('flow' as const),
      position: node.position,
      data: { node },
      selected,
      ariaLabel,
      ...(node.kind === 'note' ? { zIndex: -1 } : {}),
    };
  });
}

export interface EdgeView {
  selected: ReadonlySet<string>;
  /** Text on an edge: how many records went along it. */
  labelOf?(edge: FlowEdge): string | undefined;
  nameOf(edge: FlowEdge): string;
  /** Nodes of folded groups: their edges end at the group's card. */
  hidden?: ReadonlyMap<string, FlowGroup>;
}

const NONE: ReadonlyMap<string, FlowGroup> = new Map();

/** The document's edges for React Flow; unchanged ones keep their identity. */
export function toCanvasEdges(doc: FlowDocument, view: EdgeView, previous: readonly CanvasEdge[]): CanvasEdge[] {
  const known = new Map(previous.map((edge) => [edge.id, edge]));
  const hidden = view.hidden ?? NONE;
  const drawn = new Set<string>();
  return doc.edges.flatMap((edge): CanvasEdge[] => {
    const ends = endsOf(edge, hidden);
    if (hidden.size > 0) {
      // What stays inside one folded group is out of sight, and between the same two ends one line is enough.
      const key = `${ends.source} ${ends.sourceHandle} ${ends.target} ${ends.targetHandle}`;
      if (ends.source === ends.target || drawn.has(key)) return [];
      drawn.add(key);
    }
    const old = known.get(edge.id);
    const selected = view.selected.has(edge.id);
    const label = view.labelOf?.(edge);
    const ariaLabel = view.nameOf(edge);
    if (old !== undefined && (old.selected ?? false) === selected && old.label === label && old.ariaLabel === ariaLabel && sameEnds(old, ends)) return [old];
    return [{ id: edge.id, ...ends, ariaRole: 'button' as const, markerEnd: MARKER, selected, label, ariaLabel }];
  });
}

const MARKER = { type: MarkerType.ArrowClosed, width: 14, height: 14 };

interface Ends {
  source: string;
  sourceHandle: string;
  target: string;
  targetHandle: string;
}

function endsOf({ from, to }: FlowEdge, hidden: ReadonlyMap<string, FlowGroup>): Ends {
  const source = hidden.get(from.node);
  const target = hidden.get(to.node);
  return {
    source: source === undefined ? from.node : groupItemId(source.id),
    sourceHandle: source === undefined ? from.port : 'out',
    target: target === undefined ? to.node : groupItemId(target.id),
    targetHandle: target === undefined ? to.port : 'in',
  };
}

function sameEnds(drawn: CanvasEdge, ends: Ends): boolean {
  return drawn.source === ends.source && drawn.sourceHandle === ends.sourceHandle && drawn.target === ends.target && drawn.targetHandle === ends.targetHandle;
}
