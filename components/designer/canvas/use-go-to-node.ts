import { useReactFlow } from '@xyflow/react';
import { useCallback } from 'react';
import { indexOf } from '../doc-index.ts';
import { useDesignerStore } from '../use-designer.ts';
import { bringToSight } from './actions/group.ts';
import { sizeOf } from './boxes.ts';

const READABLE = 0.85;

/** Selects a node and brings it into the middle of the canvas, out of a folded group if need be. `focus`: the keyboard goes there too. */
export function useGoToNode(): (nodeId: string, options?: { focus?: boolean }) => void {
  const store = useDesignerStore();
  const flow = useReactFlow();
  return useCallback(
    (nodeId, { focus = true } = {}) => {
      const node = indexOf(store.getState().doc).node(nodeId);
      if (node === undefined) return;
      bringToSight(store, nodeId);
      store.getState().select([nodeId]);
      const { width, height } = sizeOf(node);
      const zoom = Math.max(flow.getZoom(), READABLE);
      // The inspector may take its width first.
      requestAnimationFrame(() => {
        void flow.setCenter(node.position.x + width / 2, node.position.y + height / 2, { zoom, duration: 150 });
        if (focus) requestAnimationFrame(() => document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`)?.focus({ preventScroll: true }));
      });
    },
    [store, flow],
  );
}
