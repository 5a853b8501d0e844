import { type FitViewOptions, useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useRef } from 'react';
import { NODE_HEIGHT, NODE_WIDTH } from './add-node.ts';
import { indexOf } from './doc-index.ts';
import { useDesignerStore } from './use-designer.ts';

/** Below this zoom the names on cards are hard to read. */
const READABLE = 0.55;
/** What the fit leaves free around the flow, in pixels. */
const MARGIN = 96;

/**
 * When a panel takes room from the canvas or gives it back: a flow that was seen whole is fitted into what is left, and
 * else the selected node is brought back into it, with the whole flow where that stays readable. A node added beyond the edge comes into
 * view with the whole flow. A place the person chose by hand is left alone.
 */
export function useKeepInView(fit: FitViewOptions): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null);
  const store = useDesignerStore();
  const flow = useReactFlow();
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let known = { width: element.clientWidth, height: element.clientHeight };
    const observer = new ResizeObserver(() => {
      const before = known;
      known = { width: element.clientWidth, height: element.clientHeight };
      const smaller = known.width * known.height < before.width * before.height;
      const { doc, selectedNodes } = store.getState();
      if (doc.nodes.length === 0) return;
      const { x, y, zoom } = flow.getViewport();
      const isIn = (box: Box, size: { width: number; height: number }): boolean =>
        box.x * zoom + x >= 0 && box.y * zoom + y >= 0 && (box.x + box.width) * zoom + x <= size.width && (box.y + box.height) * zoom + y <= size.height;
      const whole = flow.getNodesBounds(flow.getNodes());
      if (isIn(whole, before)) {
        // What lies below the buttons in the corner is not seen.
        if (smaller ? !isIn(whole, { ...known, height: known.height - BUTTONS }) : zoom < 1) void flow.fitView(fit);
        return;
      }
      const [id] = selectedNodes;
      const node = id === undefined || selectedNodes.length > 1 ? undefined : indexOf(doc).node(id);
      if (!smaller || node === undefined || isIn({ ...node.position, width: NODE_WIDTH, height: NODE_HEIGHT }, known)) return;
      if (Math.min((known.width - MARGIN) / whole.width, (known.height - MARGIN) / whole.height) >= READABLE) void flow.fitView({ ...fit, duration: 150 });
      else void flow.setCenter(node.position.x + NODE_WIDTH / 2, node.position.y + NODE_HEIGHT / 2, { zoom, duration: 150 });
    });
    observer.observe(element);
    const stop = store.subscribe((state, previous) => {
      const [id] = state.selectedNodes;
      if (state.selectedNodes === previous.selectedNodes || id === undefined || state.selectedNodes.length > 1) return;
      const position = indexOf(state.doc).node(id)?.position;
      if (position === undefined || flow.getNode(id) !== undefined) return;
      // The inspector may take its width first.
      requestAnimationFrame(() => {
        const { x, y, zoom } = flow.getViewport();
        const at = { x: (position.x + NODE_WIDTH / 2) * zoom + x, y: (position.y + NODE_HEIGHT / 2) * zoom + y };
        if (at.x >= 0 && at.y >= 0 && at.x <= element.clientWidth && at.y <= element.clientHeight) return;
        void flow.fitView({ ...fit, duration: 150 });
      });
    });
    return () => {
      observer.disconnect();
      stop();
    };
  }, [store, flow, fit]);
  return frame;
}

/** Room the buttons over the lower edge of the canvas take, in CSS pixels. */
const BUTTONS = 48;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
