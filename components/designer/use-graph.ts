import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange } from '@xyflow/react';
import { useTranslations } from 'next-intl';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { type CanvasEdge, type CanvasNode, toCanvasEdges, toCanvasNodes } from '#components/canvas/to-graph.ts';
import { useNodeName } from '#components/canvas/use-node-text.ts';
import type { Position } from '#engine/flow/document.ts';
import { indexOf } from './doc-index.ts';
import type { DesignerStore } from './store.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';

/**
 * The document as React Flow draws it. Sizes and drags in progress live here and nowhere else; a finished move becomes
 * one operation, a selection goes to the store, and nothing else React Flow proposes is taken up.
 */
export function useGraph() {
  const store = useDesignerStore();
  const t = useTranslations('designer.overlay');
  const doc = useDesigner((state) => state.doc);
  const selectedNodes = useDesigner((state) => state.selectedNodes);
  const selectedEdges = useDesigner((state) => state.selectedEdges);
  const nameOf = useRef(useNodeName());
  const edgeName = useRef(t);
  const [nodes, setNodes] = useState<CanvasNode[]>([]);
  const [edges, setEdges] = useState<CanvasEdge[]>([]);

  useLayoutEffect(() => {
    setNodes((previous) => toCanvasNodes(doc, { selected: new Set(selectedNodes), nameOf: nameOf.current }, previous));
  }, [doc, selectedNodes]);
  useLayoutEffect(() => {
    const label = (id: string) => indexOf(doc).node(id)?.label ?? '';
    setEdges((previous) =>
      toCanvasEdges(
        doc,
        {
          selected: new Set(selectedEdges),
          nameOf: (edge) => edgeName.current('edge', { from: label(edge.from.node), to: label(edge.to.node) }),
        },
        previous,
      ),
    );
  }, [doc, selectedEdges]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const drawn = changes.filter((change) => change.type === 'position' || change.type === 'dimensions' || change.type === 'select');
      setNodes((previous) => applyNodeChanges(drawn, previous));
      takeMoves(store, changes);
      takeSelection(store, 'selectedNodes', changes);
    },
    [store],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<CanvasEdge>[]) => {
      setEdges((previous) => applyEdgeChanges(changes.filter((change) => change.type === 'select'), previous));
      takeSelection(store, 'selectedEdges', changes);
    },
    [store],
  );
  return { nodes, edges, onNodesChange, onEdgesChange };
}

function takeMoves(store: DesignerStore, changes: readonly NodeChange<CanvasNode>[]): void {
  const { doc, apply } = store.getState();
  const positions: Record<string, Position> = {};
  for (const change of changes) {
    if (change.type !== 'position' || change.dragging === true || change.position === undefined) continue;
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
  changes: readonly (NodeChange<CanvasNode> | EdgeChange<CanvasEdge>)[],
): void {
  const picked = changes.filter((change) => change.type === 'select');
  if (picked.length === 0) return;
  const selected = new Set(store.getState()[which]);
  for (const change of picked) {
    if (change.selected) selected.add(change.id);
    else selected.delete(change.id);
  }
  const next = [...selected];
  const old = store.getState()[which];
  if (next.length !== old.length || next.some((id, index) => id !== old[index])) store.setState({ [which]: next });
}
