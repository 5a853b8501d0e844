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
import { useKeepInView } from './use-keep-in-view.ts';
import { useMediaQuery } from './use-media-query.ts';

const NODE_TYPES = { flow: DesignerNode, note: DesignerNote };
const SNAP: [number, number] = [GRID, GRID];
// Below, room for the buttons that stand over the canvas.
const FIT = { padding: { top: '32px', left: '32px', right: '32px', bottom: '64px' }, maxZoom: 1 } as const;
/** The library's mark would be a stranger's name under the partner's brand; the project thanks it in its README. */
const PLAIN = { hideAttribution: true };

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
  // React Flow keeps a fit for later while there is nothing to fit: the first node dropped would jump away from under the mouse.
  const [fitOnOpen] = useState(!empty);
  const many = useDesigner((state) => state.doc.nodes.length > 60);
  const roomy = useDesigner((state) => state.bottom === null);
  const large = useMediaQuery('(min-width: 1280px)');
  const graph = useGraph();
  const connect = useConnect();
  const addNode = useAddNode();
  const flow = useReactFlow();
  const ariaLabelConfig = useCanvasLabels();
  const frame = useKeepInView(FIT);
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
      ref={frame}
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
          const { fromHandle: from } = state;
          const target = event.target instanceof Element ? event.target : null;
          if (readOnly || state.isValid === true || target === null || from?.type !== 'source' || typeof from.id !== 'string' || !('clientX' in event)) return;
          const end = { node: from.nodeId, port: from.id };
          const onNode = target.closest('.react-flow__node')?.getAttribute('data-id');
          if (typeof onNode === 'string') connect.joinTo(end, onNode);
          else if (target.classList.contains('react-flow__pane')) {
            const screen = { x: event.clientX, y: event.clientY };
            const point = flow.screenToFlowPosition(screen);
            setDropped({ screen, at: { x: point.x, y: point.y - NODE_HEIGHT / 2 }, from: end });
          }
        }}
        ariaLabelConfig={ariaLabelConfig}
        connectionLineType={ConnectionLineType.Bezier}
        connectionRadius={28}
        nodesDraggable={!readOnly}
        nodesConnectable={!readOnly}
        snapToGrid
        snapGrid={SNAP}
        deleteKeyCode={null}
        proOptions={PLAIN}
        multiSelectionKeyCode={MULTI_KEYS}
        selectNodesOnDrag={false}
        onlyRenderVisibleElements={many}
        minZoom={0.1}
        maxZoom={2}
        fitView={fitOnOpen}
        fitViewOptions={FIT}
        defaultViewport={FIRST_VIEW}
        aria-label={t('overlay.label')}
      >
        <Background variant={BackgroundVariant.Dots} gap={GRID} size={2} />
        <Controls showInteractive={false} orientation="horizontal" position="bottom-left" fitViewOptions={FIT} />
        {!empty && roomy && large && <MiniMap pannable zoomable position="bottom-right" style={MINIMAP} nodeBorderRadius={4} />}
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

/** Where an empty canvas begins: the first node added by click or Enter stands at its upper left, with room around it. */
const FIRST_VIEW = { x: 120, y: 200, zoom: 1 };
const MULTI_KEYS = ['Meta', 'Control', 'Shift'];
const MINIMAP = { width: 144, height: 92 };

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
