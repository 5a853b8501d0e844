'use client';

import { Background, BackgroundVariant, ConnectionLineType, MiniMap, ReactFlow, SelectionMode, useReactFlow } from '@xyflow/react';
import { useTranslations } from 'next-intl';
import { memo, useState } from 'react';
import '#components/canvas/canvas.css';
import { useCanvasLabels } from '#components/canvas/canvas-labels.ts';
import { GRID } from './add-node.ts';
import { CanvasControls } from './canvas/canvas-controls.tsx';
import { ConnectLayer } from './canvas/connect-layer.tsx';
import { DetailLevel } from './canvas/detail-level.tsx';
import { EdgeTools } from './canvas/edge-tools.tsx';
import { FindPanel } from './canvas/find-panel.tsx';
import { GroupNode } from './canvas/group-node.tsx';
import { GuideLines } from './canvas/guide-lines.tsx';
import { QuickAddLayer } from './canvas/quick-add-layer.tsx';
import { SelectionBar } from './canvas/selection-bar.tsx';
import { useCanvasOffers } from './canvas/use-canvas-offers.ts';
import { useDrops } from './canvas/use-drops.ts';
import { useEdgeHover } from './canvas/use-edge-hover.ts';
import { useEditActions } from './canvas/use-edit-actions.ts';
import { DesignerNode } from './designer-node.tsx';
import { DesignerNote } from './designer-note.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import { useConnect } from './use-connect.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';
import { useGraph } from './use-graph.ts';
import { useKeepInView } from './use-keep-in-view.ts';
import { useMediaQuery } from './use-media-query.ts';

const NODE_TYPES = { flow: DesignerNode, note: DesignerNote, frame: GroupNode };
const SNAP: [number, number] = [GRID, GRID];
// Below, room for the buttons that stand over the canvas.
const FIT = { padding: { top: '32px', left: '32px', right: '32px', bottom: '64px' }, maxZoom: 1 } as const;
/** The library's mark would be a stranger's name under the partner's brand; the project thanks it in its README. */
const PLAIN = { hideAttribution: true };

/** The canvas: draws the document and turns gestures into operations. */
export function CanvasPane() {
  const t = useTranslations('designer');
  const store = useDesignerStore();
  const flow = useReactFlow();
  const readOnly = useDesigner((state) => state.readOnly);
  const empty = useDesigner((state) => state.doc.nodes.length === 0);
  // React Flow keeps a fit for later while there is nothing to fit: the first node dropped would jump away from under the mouse.
  const [fitOnOpen] = useState(!empty);
  const many = useDesigner((state) => state.doc.nodes.length > 60);
  const marquee = useDesigner((state) => state.canvas.marquee);
  const coarse = useMediaQuery('(pointer: coarse)');
  const graph = useGraph();
  const connect = useConnect();
  const actions = useEditActions();
  const drops = useDrops(connect.joinTo);
  const hover = useEdgeHover();
  const ariaLabelConfig = useCanvasLabels();
  const frame = useKeepInView(FIT);
  useCanvasOffers(frame, actions);

  return (
    <div
      ref={frame}
      className="weft-canvas relative size-full"
      onDragOver={drops.onDragOver}
      onDragLeave={drops.onDragLeave}
      onDrop={(event) => drops.onDrop(event, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }))}
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
          drops.onConnectEnd(event, state);
        }}
        onNodeDrag={drops.onNodeDrag}
        onNodeDragStop={drops.onNodeDragStop}
        onEdgeMouseEnter={hover.onEnter}
        onEdgeMouseLeave={hover.onLeave}
        onPaneClick={() => store.getState().select([])}
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
        selectionOnDrag={marquee}
        selectionMode={SelectionMode.Partial}
        panOnDrag={!marquee || (!coarse && PAN_BUTTONS)}
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
        <CanvasControls actions={actions} fit={FIT} />
        <Overview />
        <DetailLevel frame={frame} />
        <GuideLines guides={graph.guides} />
        {!readOnly && <EdgeTools hovered={hover.edgeId} onKeep={hover.keep} onLeave={hover.onLeave} />}
      </ReactFlow>
      {empty && <EmptyCanvas />}
      <SelectionBar actions={actions} />
      <FindPanel />
      <QuickAddLayer />
      <ConnectLayer />
      <RefusalLine />
    </div>
  );
}

/** Where an empty canvas begins: the first node added by click or Enter stands at its upper left, with room around it. */
const FIRST_VIEW = { x: 120, y: 200, zoom: 1 };
const MULTI_KEYS = ['Meta', 'Control', 'Shift'];
/** While the pointer selects, the middle and right buttons still move the canvas. A finger selects only where none of them does; two fingers move and zoom. */
const PAN_BUTTONS = [1, 2];
const MINIMAP = { width: 144, height: 92 };

const Overview = memo(function Overview() {
  const empty = useDesigner((state) => state.doc.nodes.length === 0);
  const roomy = useDesigner((state) => state.bottom === null);
  const large = useMediaQuery('(min-width: 1280px)');
  return !empty && roomy && large ? <MiniMap pannable zoomable position="bottom-right" style={MINIMAP} nodeBorderRadius={4} nodeClassName={mapClass} /> : null;
});

function mapClass(node: { type?: string }): string {
  return `weft-map-${node.type ?? 'flow'}`;
}

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
