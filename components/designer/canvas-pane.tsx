'use client';

import { Background, BackgroundVariant, ConnectionLineType, Controls, MiniMap, ReactFlow, useReactFlow } from '@xyflow/react';
import { useTranslations } from 'next-intl';
import { type DragEvent, useState } from 'react';
import '#components/canvas/canvas.css';
import { useCanvasLabels } from '#components/canvas/canvas-labels.ts';
import type { EdgeEnd, Position } from '#engine/flow/document.ts';
import { GRID, NODE_HEIGHT, NODE_WIDTH } from './add-node.ts';
import { DesignerNode } from './designer-node.tsx';
import { DesignerNote } from './designer-note.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import { DRAG_TYPE } from './palette-item.tsx';
import { QuickAdd } from './quick-add.tsx';
import { useAddNode } from './use-add-node.ts';
import { useConnect } from './use-connect.ts';
import { useDesigner } from './use-designer.ts';
import { useGraph } from './use-graph.ts';

const NODE_TYPES = { flow: DesignerNode, note: DesignerNote };
const SNAP: [number, number] = [GRID, GRID];
const FIT = { padding: 0.2, maxZoom: 1 } as const;

interface Dropped {
  /** Where on the screen the wire was let go, and where on the canvas a node would go. */
  screen: Position;
  at: Position;
  from: EdgeEnd;
}

/** The canvas: draws the document and turns gestures into operations. */
export function CanvasPane() {
  const t = useTranslations('designer');
  const readOnly = useDesigner((state) => state.readOnly);
  const empty = useDesigner((state) => state.doc.nodes.length === 0);
  const many = useDesigner((state) => state.doc.nodes.length > 60);
  const graph = useGraph();
  const connect = useConnect();
  const addNode = useAddNode();
  const flow = useReactFlow();
  const ariaLabelConfig = useCanvasLabels();
  const [dropped, setDropped] = useState<Dropped | null>(null);

  function onDrop(event: DragEvent): void {
    const kind = event.dataTransfer.getData(DRAG_TYPE);
    if (kind === '' || readOnly) return;
    event.preventDefault();
    const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    addNode(kind, { at: { x: point.x - NODE_WIDTH / 2, y: point.y - NODE_HEIGHT / 2 } });
  }

  return (
    <div
      className="relative size-full"
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
      }}
      onDrop={onDrop}
    >
      <ReactFlow
        nodes={graph.nodes}
        edges={graph.edges}
        nodeTypes={NODE_TYPES}
        onNodesChange={graph.onNodesChange}
        onEdgesChange={graph.onEdgesChange}
        onConnectStart={connect.onConnectStart}
        onConnect={connect.onConnect}
        isValidConnection={connect.isValidConnection}
        onConnectEnd={(event, state) => {
          connect.onConnectEnd(event, state);
          const from = state.fromHandle;
          if (readOnly || state.toNode !== null || state.toHandle !== null || from?.type !== 'source' || typeof from.id !== 'string') return;
          const screen = 'clientX' in event ? { x: event.clientX, y: event.clientY } : null;
          if (screen === null) return;
          const point = flow.screenToFlowPosition(screen);
          setDropped({ screen, at: { x: point.x, y: point.y - NODE_HEIGHT / 2 }, from: { node: from.nodeId, port: from.id } });
        }}
        ariaLabelConfig={ariaLabelConfig}
        connectionLineType={ConnectionLineType.Bezier}
        connectionRadius={28}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        snapToGrid
        snapGrid={SNAP}
        deleteKeyCode={null}
        multiSelectionKeyCode={MULTI_KEYS}
        selectNodesOnDrag={false}
        onlyRenderVisibleElements={many}
        minZoom={0.1}
        maxZoom={2}
        fitView
        fitViewOptions={FIT}
        aria-label={t('overlay.label')}
      >
        <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.25} />
        <Controls showInteractive={false} position="bottom-left" fitViewOptions={FIT} />
        {!empty && <MiniMap pannable zoomable position="bottom-right" className="max-lg:hidden" style={MINIMAP} nodeBorderRadius={4} />}
      </ReactFlow>
      {empty && <EmptyCanvas />}
      {dropped !== null && (
        <QuickAdd
          screen={dropped.screen}
          from={dropped.from}
          onClose={() => setDropped(null)}
          onPick={(kind) => {
            addNode(kind, { at: dropped.at, from: dropped.from });
            setDropped(null);
          }}
        />
      )}
      <RefusalLine />
    </div>
  );
}

const MULTI_KEYS = ['Meta', 'Control', 'Shift'];
const MINIMAP = { width: 160, height: 100 };

/** While an edge is drawn: how many nodes take it, so that greyed nodes are not a riddle. */
function RefusalLine() {
  const t = useTranslations('designer.connect');
  const connecting = useDesigner((state) => state.connecting);
  if (connecting === null) return null;
  const fits = [...connecting.refusals.values()].filter((reason) => reason === null).length;
  return (
    <p role="status" className="pointer-events-none absolute top-3 left-1/2 -translate-x-1/2 rounded-md bg-text px-2.5 py-1 text-xs text-surface">
      {t('fits', { count: fits })}
    </p>
  );
}
