import type { FinalConnectionState, OnNodeDrag } from '@xyflow/react';
import { useReactFlow } from '@xyflow/react';
import { useTranslations } from 'next-intl';
import { type DragEvent, useCallback } from 'react';
import { type CanvasItem, isCanvasNode } from '#components/canvas/to-graph.ts';
import type { EdgeEnd, FlowNode, Position } from '#engine/flow/document.ts';
import { NODE_HEIGHT, NODE_WIDTH } from '../add-node.ts';
import { indexOf } from '../doc-index.ts';
import { newNode } from '../new-node.ts';
import { DRAG_TYPE } from '../palette-item.tsx';
import { useAddNode } from '../use-add-node.ts';
import { useDesignerStore } from '../use-designer.ts';
import { insertOnEdge, planInsertOnEdge } from './actions/insert-on-edge.ts';
import { showOnCanvas } from './canvas-ui.ts';
import { edgeAt, markEdge } from './edge-at.ts';

/** What is let go over the canvas: kinds from the palette, ends of edges, nodes; on empty canvas, on a node or on an edge. */
export function useDrops(joinTo: (from: EdgeEnd, nodeId: string) => void) {
  const store = useDesignerStore();
  const flow = useReactFlow();
  const t = useTranslations('nodes');
  const addNode = useAddNode();

  function onDragOver(event: DragEvent): void {
    if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    markEdge(edgeAt({ x: event.clientX, y: event.clientY }));
  }

  function onDrop(event: DragEvent, point: Position): void {
    markEdge(null);
    const kind = event.dataTransfer.getData(DRAG_TYPE);
    const { doc, readOnly } = store.getState();
    if (kind === '' || readOnly) return;
    event.preventDefault();
    const edgeId = edgeAt({ x: event.clientX, y: event.clientY });
    const node = edgeId === null ? undefined : newNode(doc, kind, t(`${kind}.label`));
    if (edgeId !== null && node !== undefined && insertOnEdge(store, edgeId, { node })) return;
    addNode(kind, { at: { x: point.x - NODE_WIDTH / 2, y: point.y - NODE_HEIGHT / 2 } });
  }

  function onConnectEnd(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
    const { fromHandle: from } = state;
    const screen = 'changedTouches' in event ? touchPoint(event) : { x: event.clientX, y: event.clientY };
    if (store.getState().readOnly || state.isValid === true || screen === null || from === null || typeof from.id !== 'string') return;
    // A touch ends at the element where it began: what lies under the finger is asked for.
    const target = document.elementFromPoint(screen.x, screen.y);
    const end = { node: from.nodeId, port: from.id };
    const onNode = target?.closest('.react-flow__node')?.getAttribute('data-id');
    if (typeof onNode === 'string') {
      if (from.type === 'source') joinTo(end, onNode);
    } else if (target?.closest('.react-flow__pane') != null) {
      const point = flow.screenToFlowPosition(screen);
      const y = point.y - NODE_HEIGHT / 2;
      const quickAdd = from.type === 'source' ? { screen, at: { x: point.x, y }, from: end } : { screen, at: { x: point.x - NODE_WIDTH, y }, to: end };
      showOnCanvas(store, { quickAdd });
    }
  }

  /** The edge a loose node hangs over. */
  const edgeUnder = useCallback(
    (item: CanvasItem, dragged: readonly CanvasItem[]): { edgeId: string; node: FlowNode } | null => {
      const { doc } = store.getState();
      const index = indexOf(doc);
      const node = isCanvasNode(item) && dragged.length === 1 ? index.node(item.id) : undefined;
      if (node === undefined || index.incoming(node.id).length + index.outgoing(node.id).length > 0) return null;
      const edgeId = edgeAt(flow.flowToScreenPosition({ x: item.position.x + NODE_WIDTH / 2, y: item.position.y + NODE_HEIGHT / 2 }));
      return edgeId === null || planInsertOnEdge(doc, edgeId, { node, stays: true }) === null ? null : { edgeId, node };
    },
    [store, flow],
  );
  const onNodeDrag: OnNodeDrag<CanvasItem> = useCallback((_event, item, dragged) => markEdge(edgeUnder(item, dragged)?.edgeId ?? null), [edgeUnder]);
  const onNodeDragStop: OnNodeDrag<CanvasItem> = useCallback(
    (_event, item, dragged) => {
      markEdge(null);
      const found = edgeUnder(item, dragged);
      // The move was an edit of its own; with its mark both are one step of undo.
      if (found !== null) insertOnEdge(store, found.edgeId, { node: found.node, stays: true, mark: `move:${found.node.id}` });
    },
    [store, edgeUnder],
  );
  return { onDragOver, onDragLeave: () => markEdge(null), onDrop, onConnectEnd, onNodeDrag, onNodeDragStop };
}

function touchPoint(event: TouchEvent): Position | null {
  const touch = event.changedTouches[0];
  return touch === undefined ? null : { x: touch.clientX, y: touch.clientY };
}
