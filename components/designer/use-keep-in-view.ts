import { useReactFlow } from '@xyflow/react';
import { type RefObject, useEffect, useRef } from 'react';
import { NODE_HEIGHT, NODE_WIDTH } from './add-node.ts';
import { indexOf } from './doc-index.ts';
import { useDesignerStore } from './use-designer.ts';

/** When a panel takes room from the canvas, the selected node is brought back into what is left of it. */
export function useKeepInView(): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null);
  const store = useDesignerStore();
  const flow = useReactFlow();
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let known = element.clientWidth * element.clientHeight;
    const observer = new ResizeObserver(() => {
      const area = element.clientWidth * element.clientHeight;
      const smaller = area < known;
      known = area;
      const { doc, selectedNodes } = store.getState();
      const [id] = selectedNodes;
      const node = id === undefined || selectedNodes.length > 1 ? undefined : indexOf(doc).node(id);
      if (!smaller || node === undefined) return;
      const { x, y } = node.position;
      const box = element.getBoundingClientRect();
      const from = flow.flowToScreenPosition({ x, y });
      const to = flow.flowToScreenPosition({ x: x + NODE_WIDTH, y: y + NODE_HEIGHT });
      if (from.x >= box.left && to.x <= box.right && from.y >= box.top && to.y <= box.bottom) return;
      void flow.setCenter(x + NODE_WIDTH / 2, y + NODE_HEIGHT / 2, { zoom: flow.getZoom(), duration: 150 });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [store, flow]);
  return frame;
}
