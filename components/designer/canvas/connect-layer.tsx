'use client';

import { useCallback } from 'react';
import { OutlinePick } from '../outline/outline-pick.tsx';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { focusNode } from '../use-shortcuts.ts';
import { showOnCanvas } from './canvas-ui.ts';

/** Asks where an edge from the selected node is to lead, for those who draw none; the keyboard then goes back to the node. */
export function ConnectLayer() {
  const store = useDesignerStore();
  const from = useDesigner((state) => state.canvas.connectFrom);
  const close = useCallback(() => {
    showOnCanvas(store, { connectFrom: null });
    // The dialog gives the focus back first.
    requestAnimationFrame(() => requestAnimationFrame(() => focusNode(from?.node)));
  }, [store, from]);
  if (from === null) return null;
  return <OutlinePick wish={{ type: 'connect', nodeId: from.node, port: from.port }} onPick={({ op }) => store.getState().apply(op)} onClose={close} />;
}
