'use client';

import { useReactFlow, useStore, ViewportPortal } from '@xyflow/react';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { Position } from '#engine/flow/document.ts';
import { indexOf } from '../doc-index.ts';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { showOnCanvas } from './canvas-ui.ts';
import { middleOf } from './edge-at.ts';

/** On the edge under the pointer, or the selected one: insert a node, take the edge away. */
export function EdgeTools({ hovered, onKeep, onLeave }: { hovered: string | null; onKeep: () => void; onLeave: () => void }) {
  const t = useTranslations('canvas.edge');
  const store = useDesignerStore();
  const flow = useReactFlow();
  const doc = useDesigner((state) => state.doc);
  const readOnly = useDesigner((state) => state.readOnly);
  const selected = useDesigner((state) => (state.selectedEdges.length === 1 && state.selectedNodes.length === 0 ? (state.selectedEdges[0] ?? null) : null));
  const connecting = useDesigner((state) => state.connecting !== null);
  const edgeId = hovered ?? selected;
  const edge = edgeId === null ? undefined : indexOf(doc).edge(edgeId);
  const [at, setAt] = useState<{ edgeId: string; point: Position } | null>(null);
  useEffect(() => {
    if (edgeId === null) return undefined;
    // The path has its new course only when the frame is drawn.
    const frame = requestAnimationFrame(() => {
      const point = middleOf(edgeId);
      setAt(point === null ? null : { edgeId, point });
    });
    return () => cancelAnimationFrame(frame);
  }, [edgeId, doc]);
  if (edge === undefined || readOnly || connecting || at?.edgeId !== edge.id) return null;
  const { point } = at;
  const name = (id: string) => indexOf(doc).node(id)?.label ?? '';
  return (
    <ViewportPortal>
      <Bar point={point} label={t('tools', { from: name(edge.from.node), to: name(edge.to.node) })} onKeep={onKeep} onLeave={onLeave}>
        <IconButton
          size="sm"
          className="size-6"
          label={t('insert')}
          icon={<Plus />}
          shortcut={selected === edge.id ? 'Tab' : undefined}
          onClick={() => {
            const { x, y } = flow.flowToScreenPosition(point);
            showOnCanvas(store, { quickAdd: { screen: { x: x - 120, y: y + 16 }, edgeId: edge.id } });
          }}
        />
        <IconButton size="sm" className="size-6" label={t('remove')} icon={<X />} onClick={() => store.getState().apply({ type: 'removeEdge', edgeId: edge.id })} />
      </Bar>
    </ViewportPortal>
  );
}

/** As large on a flow seen from afar as close by: it takes back the canvas's zoom. */
function Bar({ point, label, onKeep, onLeave, children }: { point: Position; label: string; onKeep: () => void; onLeave: () => void; children: ReactNode }) {
  const zoom = useStore(({ transform }) => transform[2]);
  return (
    <div
      role="toolbar"
      tabIndex={-1}
      aria-label={label}
      className="nopan nodrag pointer-events-auto absolute z-10 flex rounded-md bg-raised p-0.5 shadow-float"
      style={{ transform: `translate(${point.x}px, ${point.y}px) scale(${1 / zoom}) translate(-50%, -50%)`, transformOrigin: '0 0' }}
      // Mouse and not pointer events: those would come before the edge's own leaving, which would then win.
      onMouseEnter={onKeep}
      onMouseLeave={onLeave}
    >
      {children}
    </div>
  );
}
