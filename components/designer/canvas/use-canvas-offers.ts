import { type RefObject, useEffect, useEffectEvent } from 'react';
import { useCommands } from '#components/commands/command-context.tsx';
import type { Position } from '#engine/flow/document.ts';
import { useDesignerStore } from '../use-designer.ts';
import { indexOf } from '../doc-index.ts';
import { nextPort, openQuickAdd } from './actions/quick-add.ts';
import { showOnCanvas } from './canvas-ui.ts';
import type { EditActions } from './use-edit-actions.ts';

/** What the canvas does for keys and palette, and what it does with copy, cut and paste of the browser. */
export function useCanvasOffers(frame: RefObject<HTMLElement | null>, actions: EditActions): void {
  const store = useDesignerStore();
  const now = store.getState;
  // With the mapper over the canvas, what is selected is not what a key means.
  const inFront = () => !now().mapperOpen;
  const editable = () => inFront() && !now().readOnly;
  const some = () => editable() && now().selectedNodes.length > 0;

  function addNode(event?: KeyboardEvent): boolean {
    const { selectedNodes, selectedEdges } = now();
    if (event?.key === 'Tab') {
      // Tab continues from what is selected; anywhere else it goes on to the next thing, as everywhere.
      const one = selectedNodes.length + selectedEdges.length === 1;
      const item = document.activeElement?.closest('.react-flow__node, .react-flow__edge')?.getAttribute('data-id');
      const here = document.activeElement === document.body || item === (selectedNodes[0] ?? selectedEdges[0]);
      if (!one || !here) return false;
    }
    return openQuickAdd(store, besideSelection(frame.current, selectedNodes[0] ?? selectedEdges[0]));
  }

  function connect(): boolean {
    const { doc, selectedNodes } = now();
    const node = selectedNodes.length === 1 ? indexOf(doc).node(selectedNodes[0] ?? '') : undefined;
    const from = node === undefined ? undefined : nextPort(doc, node);
    if (from === undefined) return false;
    showOnCanvas(store, { connectFrom: from });
    return true;
  }

  useCommands({
    connect: { run: connect, enabled: () => some() && now().selectedNodes.length === 1 },
    addNode: { run: addNode, enabled: editable },
    findNode: { run: () => showOnCanvas(store, { finding: true }), enabled: inFront },
    group: { run: () => actions.group(), enabled: some },
    tidy: { run: () => void actions.tidy(), enabled: editable },
    // With a key the browser's own copy, cut and paste events do it: they need no permission.
    copy: { run: (event) => event === undefined && void actions.copy(), enabled: () => inFront() && now().selectedNodes.length > 0 },
    cut: { run: (event) => event === undefined && void actions.cut(), enabled: some },
    paste: { run: (event) => event === undefined && void actions.paste(), enabled: editable },
  });

  const onClipboard = useEffectEvent((event: ClipboardEvent) => {
    if (event.defaultPrevented || !inFront() || event.clipboardData === null || !isForCanvas(event.target)) return;
    if (event.type === 'paste') {
      if (now().readOnly || !actions.pasteText(event.clipboardData.getData('text/plain'))) return;
    } else {
      // Text that is marked on the page is what Ctrl C means.
      const text = window.getSelection()?.isCollapsed === false ? null : actions.clipText();
      if (text === null) return;
      event.clipboardData.setData('text/plain', text);
      if (event.type === 'cut') actions.remove();
    }
    event.preventDefault();
  });
  useEffect(() => {
    const types = ['copy', 'cut', 'paste'] as const;
    for (const type of types) document.addEventListener(type, onClipboard);
    return () => {
      for (const type of types) document.removeEventListener(type, onClipboard);
    };
  }, []);
}

function isForCanvas(target: EventTarget | null): boolean {
  const element = target instanceof Element ? target : null;
  if (element === null || element === document.body) return true;
  return !/^(input|textarea|select)$/i.test(element.tagName) && (element.closest('.react-flow') !== null || element.id === 'content');
}

/** Where the menu opens: right of the selected node, in the middle of the selected edge, else on the upper third of the canvas. */
function besideSelection(frame: HTMLElement | null, id: string | undefined): Position {
  const canvas = frame?.getBoundingClientRect();
  const item = id === undefined ? null : frame?.querySelector(`:is(.react-flow__node, .react-flow__edge)[data-id="${CSS.escape(id)}"]`);
  const box = item?.getBoundingClientRect();
  if (box === undefined || canvas === undefined) return canvas === undefined ? { x: 200, y: 200 } : { x: canvas.x + canvas.width / 2 - 128, y: canvas.y + canvas.height / 4 };
  const edge = item?.classList.contains('react-flow__edge') === true;
  return edge ? { x: box.x + box.width / 2 - 128, y: box.y + box.height / 2 + 16 } : { x: box.right + 12, y: box.y };
}
