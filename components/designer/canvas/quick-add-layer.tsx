'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { newNode } from '../new-node.ts';
import { QuickAdd } from '../quick-add.tsx';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { planQuickAdd } from './actions/quick-add.ts';
import { showOnCanvas } from './canvas-ui.ts';

/** The menu of node kinds while it is open; adds what is picked, selects it and gives it the focus. */
export function QuickAddLayer() {
  const t = useTranslations('nodes');
  const store = useDesignerStore();
  const request = useDesigner((state) => state.canvas.quickAdd);
  const close = useCallback(() => {
    showOnCanvas(store, { quickAdd: null });
    const { selectedNodes, selectedEdges } = store.getState();
    focusItem(selectedNodes[0] ?? selectedEdges[0]);
  }, [store]);
  if (request === null) return null;
  return (
    <QuickAdd
      request={request}
      onClose={close}
      onPick={(kind) => {
        const { doc, apply, select } = store.getState();
        const node = newNode(doc, kind, t(`${kind}.label`));
        const op = node === undefined ? null : planQuickAdd(doc, node, request);
        showOnCanvas(store, { quickAdd: null });
        if (node === undefined || op === null || !apply(op)) return;
        select([node.id]);
        // The card is drawn with the next frame; Tab on it continues the flow.
        requestAnimationFrame(() => requestAnimationFrame(() => focusItem(node.id)));
      }}
    />
  );
}

function focusItem(id: string | undefined): void {
  if (id === undefined) return;
  document.querySelector<HTMLElement>(`:is(.react-flow__node, .react-flow__edge)[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}
