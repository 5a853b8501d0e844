import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange, type NodePositionChange, useReactFlow } from '@xyflow/react';
import { useTranslations } from 'next-intl';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type CanvasEdge, type CanvasItem, hiddenNodes, isCanvasNode, toCanvasEdges, toCanvasNodes } from '#components/canvas/to-graph.ts';
import { useNodeName } from '#components/canvas/use-node-text.ts';
import type { FlowDocument, FlowGroup, Position } from '#engine/flow/document.ts';
import { memberMoves } from './canvas/member-moves.ts';
import type { GuideLine } from './canvas/guides.ts';
import { lineUp } from './canvas/line-up.ts';
import { withFrames } from './canvas/to-frames.ts';
import { indexOf } from './doc-index.ts';
import type { DesignerStore } from './store.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';

const NO_LINES: readonly GuideLine[] = [];
/** On the screen: nearer than this a dragged node jumps onto the line. */
const REACH_PX = 8;
const MAX_REACH = 16;

/**
 * The document as React Flow draws it. Sizes and drags in progress live here and nowhere else; a finished move becomes
 * one operation, a selection goes to the store, and nothing else React Flow proposes is taken up.
 */
export function useGraph() {
  const store = useDesignerStore();
  const flow = useReactFlow();
  const t = useTranslations();
  const doc = useDesigner((state) => state.doc);
  const selectedNodes = useDesigner((state) => state.selectedNodes);
  const selectedEdges = useDesigner((state) => state.selectedEdges);
  const labels = useDesigner((state) => state.canvas.edgeLabels);
  const nameOf = useRef(useNodeName());
  const words = useRef(t);
  const [items, setItems] = useState<CanvasItem[]>([]);
  const [edges, setEdges] = useState<CanvasEdge[]>([]);
  // Lines come and go with every move of the mouse: only what draws them listens.
  const [guides] = useState(() => createStore<{ lines: readonly GuideLine[] }>()(() => ({ lines: NO_LINES })));
  const dragging = useRef(false);
  const groupName = useRef((group: FlowGroup) =>
    words.current('canvas.group.name', { label: group.label === '' ? words.current('canvas.group.unnamed') : group.label, count: group.nodes.length }),
  );

  useLayoutEffect(() => {
    setItems((previous) => {
      const view = { selected: new Set(selectedNodes), nameOf: nameOf.current, hidden: hiddenNodes(doc) };
      const nodes = toCanvasNodes(doc, view, previous.filter(isCanvasNode));
      return withFrames(doc, [...previous.filter((item) => !isCanvasNode(item)), ...nodes], { nameOf: groupName.current });
    });
  }, [doc, selectedNodes]);
  useLayoutEffect(() => {
    const label = (id: string) => indexOf(doc).node(id)?.label ?? '';
    setEdges((previous) =>
      toCanvasEdges(
        doc,
        {
          selected: new Set(selectedEdges),
          hidden: hiddenNodes(doc),
          labelOf: (edge) => labels.get(edge.id)?.text,
          nameOf: (edge) => {
            const name = words.current('designer.overlay.edge', { from: label(edge.from.node), to: label(edge.to.node) });
            const went = labels.get(edge.id)?.name;
            return went === undefined ? name : `${name}, ${went}`;
          },
        },
        previous,
      ),
    );
  }, [doc, selectedEdges, labels]);

  const latest = useRef(items);
  useLayoutEffect(() => void (latest.current = items), [items]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasItem>[]) => {
      const { doc: current } = store.getState();
      const moves = changes.filter((change) => change.type === 'position');
      const rest = changes.filter((change) => change.type === 'dimensions' || change.type === 'select');
      const drawn = moves.length === 0 ? [] : lineUpMoves(current, latest.current, moves);
      setItems((previous) => {
        const next = applyNodeChanges<CanvasItem>([...rest, ...drawn], previous);
        return current.groups === undefined ? next : withFrames(current, next, { nameOf: groupName.current });
      });
      takeMoves(store, drawn);
      takeSelection(store, 'selectedNodes', rest);
    },
    // The helper below reads refs only.
    // eslint-disable-next-line react/exhaustive-deps
    [store],
  );

  /** Moves as they are drawn: those of a frame become those of its nodes, and a drag snaps to the lines of other nodes. */
  function lineUpMoves(current: FlowDocument, drawn: readonly CanvasItem[], moves: readonly NodePositionChange[]): NodePositionChange[] {
    const all = memberMoves(current, drawn, moves);
    const isDrag = all.some((move) => move.dragging === true);
    if (!isDrag && !dragging.current) return all;
    dragging.current = isDrag;
    const lined = lineUp(drawn, all, Math.min(MAX_REACH, REACH_PX / flow.getZoom()));
    guides.setState({ lines: isDrag ? lined.lines : NO_LINES });
    return lined.moves;
  }

  const onEdgesChange = useCallback(
    (changes: EdgeChange<CanvasEdge>[]) => {
      setEdges((previous) => applyEdgeChanges(changes.filter((change) => change.type === 'select'), previous));
      takeSelection(store, 'selectedEdges', changes);
    },
    [store],
  );
  return { nodes: items, edges, guides: guides satisfies StoreApi<{ lines: readonly GuideLine[] }>, onNodesChange, onEdgesChange };
}

function takeMoves(store: DesignerStore, changes: readonly NodePositionChange[]): void {
  const { doc, apply } = store.getState();
  const positions: Record<string, Position> = {};
  for (const change of changes) {
    if (change.dragging === true || change.position === undefined) continue;
    const old = indexOf(doc).node(change.id)?.position;
    if (old === undefined || (old.x === change.position.x && old.y === change.position.y)) continue;
    positions[change.id] = { x: change.position.x, y: change.position.y };
  }
  const ids = Object.keys(positions);
  if (ids.length > 0) apply({ type: 'moveNodes', positions }, `move:${ids.join(',')}`);
}

function takeSelection(
  store: DesignerStore,
  which: 'selectedNodes' | 'selectedEdges',
  changes: readonly (NodeChange<CanvasItem> | EdgeChange<CanvasEdge>)[],
): void {
  const picked = changes.filter((change) => change.type === 'select');
  if (picked.length === 0) return;
  const { doc, [which]: old } = store.getState();
  // React Flow does not know the nodes of a folded group and so never takes them out of the selection.
  const hidden = hiddenNodes(doc);
  const selected = new Set(old.filter((id) => !hidden.has(id)));
  for (const change of picked) {
    if (change.selected) selected.add(change.id);
    else selected.delete(change.id);
  }
  const next = [...selected];
  if (next.length !== old.length || next.some((id, index) => id !== old[index])) store.setState({ [which]: next });
}
