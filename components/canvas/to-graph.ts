import { type Edge, MarkerType, type Node } from '@xyflow/react';
import type { FlowDocument, FlowEdge, FlowNode } from '#engine/flow/document.ts';

/** What React Flow draws for one node: the node itself, by reference, so that an unchanged node is never drawn again. */
export type CanvasNode = Node<{ node: FlowNode }, 'flow' | 'note'>;
export type CanvasEdge = Edge;

export interface GraphView {
  selected: ReadonlySet<string>;
  /** The accessible name of a node. */
  nameOf(node: FlowNode): string;
}

/**
 * The document's nodes for React Flow. Objects of `previous` are kept where nothing changed, together with what React
 * Flow itself knows of them (measured size, a drag in progress).
 */
export function toCanvasNodes(doc: FlowDocument, view: GraphView, previous: readonly CanvasNode[]): CanvasNode[] {
  const known = new Map(previous.map((node) => [node.id, node]));
  return doc.nodes.map((node) => {
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
}

/** The document's edges for React Flow; unchanged ones keep their identity. */
export function toCanvasEdges(doc: FlowDocument, view: EdgeView, previous: readonly CanvasEdge[]): CanvasEdge[] {
  const known = new Map(previous.map((edge) => [edge.id, edge]));
  return doc.edges.map((edge) => {
    const old = known.get(edge.id);
    const selected = view.selected.has(edge.id);
    const label = view.labelOf?.(edge);
    const ariaLabel = view.nameOf(edge);
    if (old !== undefined && (old.selected ?? false) === selected && old.label === label && old.ariaLabel === ariaLabel && sameEnds(old, edge)) return old;
    return {
      id: edge.id,
      source: edge.from.node,
      sourceHandle: edge.from.port,
      target: edge.to.node,
      targetHandle: edge.to.port,
      ariaRole: 'button' as const,
      markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14 },
      selected,
      label,
      ariaLabel,
    };
  });
}

function sameEnds(drawn: CanvasEdge, edge: FlowEdge): boolean {
  return (
    drawn.source === edge.from.node &&
    drawn.sourceHandle === edge.from.port &&
    drawn.target === edge.to.node &&
    drawn.targetHandle === edge.to.port
  );
}
