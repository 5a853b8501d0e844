'use client';

import { Background, Controls, type NodeMouseHandler, type NodeProps, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { Unplug } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { createContext, memo, useContext, useMemo } from 'react';
import { EmptyState } from '#components/ui/empty-state.tsx';
import type { FlowDocument } from '#engine/flow/document.ts';
import './canvas.css';
import { useCanvasLabels } from './canvas-labels.ts';
import type { StepMark } from './kind-info.ts';
import { NodeCard } from './node-card.tsx';
import { noteText } from './note-text.ts';
import { NoteCard } from './note-card.tsx';
import { readDocText } from './read-doc-text.ts';
import { Refit } from './refit.tsx';
import { withFrames } from '#components/designer/canvas/to-frames.ts';
import { type CanvasGroup, type CanvasItem, type CanvasNode, isCanvasNode, toCanvasEdges, toCanvasNodes } from './to-graph.ts';
import { ViewButtons } from './view-buttons.tsx';
import { useNodeName } from './use-node-text.ts';

export interface FlowOverlayProps {
  /** JSON text of the flow document the steps belong to. */
  docText: string;
  /** What happened at each node; nodes that are missing here were not reached. Several attempts: the last one counts. */
  steps: readonly StepMark[];
  selectedNodeId?: string | null;
  onSelect?: (nodeId: string) => void;
  /** The document came without configurations (a retailer's view): cards then say their kind, not what they were set to. */
  graphOnly?: boolean;
  /** False leaves notes out: they speak to who draws the flow, and beside a run they only make its nodes smaller. */
  notes?: boolean;
}

const OverlayContext = createContext<{ steps: ReadonlyMap<string, StepMark>; graphOnly: boolean }>({ steps: new Map(), graphOnly: false });
const NO_EDGES: ReadonlySet<string> = new Set();

/** A flow as it was drawn, to look at: after a run the canvas is the log. */
export function FlowOverlay(props: FlowOverlayProps) {
  const t = useTranslations('designer.overlay');
  const read = useMemo(() => readDocText(props.docText), [props.docText]);
  if (!read.ok) {
    return (
      <EmptyState icon={<Unplug />} tone="failed" title={t('unreadable')}>
        {t(`reason.${read.code}`)}
      </EmptyState>
    );
  }
  return (
    <ReactFlowProvider>
      <Overlay {...props} doc={read.doc} />
    </ReactFlowProvider>
  );
}

function Overlay({ doc: whole, steps, selectedNodeId = null, onSelect, graphOnly = false, notes = true }: FlowOverlayProps & { doc: FlowDocument }) {
  const t = useTranslations('designer.overlay');
  const format = useFormatter();
  const nameOf = useNodeName();
  const ariaLabelConfig = useCanvasLabels();
  const doc = useMemo(() => toLookAt(whole, notes), [whole, notes]);
  const byNode = useMemo(() => new Map(steps.map((step) => [step.nodeId, step])), [steps]);
  const shown = useMemo(() => ({ steps: byNode, graphOnly }), [byNode, graphOnly]);
  const nodes = useMemo(
    () =>
      withFrames(doc, toCanvasNodes(doc, { selected: new Set(selectedNodeId === null ? [] : [selectedNodeId]), nameOf }, []), {
        nameOf: ({ label, nodes: { length } }) => t('group', { label, count: length }),
      }),
    // nameOf only changes with the language, which remounts the page.
    // oxlint-disable-next-line react/exhaustive-deps
    [doc, selectedNodeId],
  );
  const edges = useMemo(() => {
    const labels = new Map(doc.nodes.map((node) => [node.id, node.label]));
    return toCanvasEdges(
      doc,
      {
        selected: NO_EDGES,
        nameOf: (edge) => t('edge', { from: labels.get(edge.from.node) ?? '', to: labels.get(edge.to.node) ?? '' }),
        labelOf(edge) {
          const count = byNode.get(edge.from.node)?.outputs?.[edge.from.port];
          return count === undefined ? undefined : format.number(count);
        },
      },
      [],
    );
  }, [doc, byNode, t, format]);
  const onNodeClick: NodeMouseHandler<CanvasItem> = (_event, item) => {
    if (isCanvasNode(item)) onSelect?.(item.id);
  };
  return (
    <OverlayContext value={shown}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        onNodeClick={onNodeClick}
        onNodesChange={(changes) => {
          for (const change of changes) if (change.type === 'select' && change.selected && change.id !== selectedNodeId) onSelect?.(change.id);
        }}
        ariaLabelConfig={ariaLabelConfig}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        proOptions={PLAIN}
        minZoom={0.1}
        maxZoom={1.5}
        fitView
        fitViewOptions={FIT}
        aria-label={t('label')}
      >
        <Background gap={16} />
        <Controls showZoom={false} showFitView={false} showInteractive={false} orientation="horizontal" position="bottom-left">
          <ViewButtons fit={FIT} />
        </Controls>
        <Refit fit={FIT} />
      </ReactFlow>
    </OverlayContext>
  );
}

/** The library's mark would be a stranger's name under the partner's brand; the project thanks it in its README. */
const PLAIN = { hideAttribution: true };
// Below, room for the buttons that stand over the drawing.
const FIT = { padding: { top: '24px', left: '24px', right: '24px', bottom: '60px' }, maxZoom: 1 } as const;

const OverlayNode = memo(function OverlayNode({ id, data, selected }: NodeProps<CanvasNode>) {
  const { steps, graphOnly } = useContext(OverlayContext);
  return <NodeCard node={data.node} selected={selected} step={steps.get(id)} kindOnly={graphOnly} />;
});

const OverlayNote = memo(function OverlayNote({ data, selected }: NodeProps<CanvasNode>) {
  return <NoteCard text={noteText(data.node)} placeholder="" selected={selected} />;
});

const OverlayGroup = memo(function OverlayGroup({ data }: NodeProps<CanvasGroup>) {
  return (
    <section aria-label={data.name} data-colour={data.group.colour} className="weft-group size-full rounded-lg border">
      <p className="truncate px-3 pt-2.5 text-sm font-semibold">{data.group.label}</p>
    </section>
  );
});

/** A flow as it is looked at: nothing folded away, since a failure may lie inside, and notes only where they help. */
function toLookAt(doc: FlowDocument, notes: boolean): FlowDocument {
  const nodes = notes ? doc.nodes : doc.nodes.filter((node) => node.kind !== 'note');
  const groups = doc.groups?.map((group) => ({ ...group, folded: false, nodes: group.nodes.filter((id) => nodes.some((node) => node.id === id)) })).filter((group) => group.nodes.length > 0);
  const { groups: _folded, ...rest } = doc;
  return { ...rest, nodes, ...(groups !== undefined && groups.length > 0 && { groups }) };
}

const NODE_TYPES = { flow: OverlayNode, note: OverlayNote, frame: OverlayGroup };
