import { type RefObject, useEffect } from 'react';
import { removeSelection } from './selection-ops.ts';
import type { DesignerContextValue } from './use-designer.ts';

/** Id of the palette's search field, so that `/` can reach it. */
export const PALETTE_SEARCH_ID = 'designer-palette-search';

/** Id of the inspector, so that Enter on a selected node can reach it. */
export const INSPECTOR_ID = 'designer-inspector';

/**
 * Keys of the designer: undo, redo and save anywhere in it; delete, select all and `/` while no field is being typed in.
 * Enter on the selected node goes to its settings, Escape there goes back to the node.
 * Fields outside the document (`data-own-undo`) keep the browser's own undo.
 */
export function useShortcuts(root: RefObject<HTMLElement | null>, { store, saver }: DesignerContextValue): void {
  useEffect(() => {
    // The canvas selects on Enter before the window hears of it: what was selected then tells the first Enter from the second.
    let selectedBefore: readonly string[] = [];
    const remember = () => void (selectedBefore = store.getState().selectedNodes);

    function onKeyDown(event: KeyboardEvent): void {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (target !== null && target !== document.body && root.current?.contains(target) !== true) return;
      const key = event.key.toLowerCase();
      const command = event.ctrlKey || event.metaKey;
      if (command && key === 's') {
        event.preventDefault();
        saver.send({ type: 'saveNow' });
      } else if (command && (key === 'z' || key === 'y') && target?.closest('[data-own-undo]') == null) {
        event.preventDefault();
        if (key === 'y' || event.shiftKey) store.getState().redo();
        else store.getState().undo();
      } else if (!isTyping(target) && !command && !event.altKey && key === '/') {
        event.preventDefault();
        document.getElementById(PALETTE_SEARCH_ID)?.focus();
      } else if (key === 'escape' && target?.closest(`#${INSPECTOR_ID}`) != null && !event.defaultPrevented && target.ariaExpanded !== 'true') {
        focusNode(store.getState().selectedNodes[0]);
      } else if (isOnCanvas(target)) {
        onCanvasKey(event, command ? `ctrl+${key}` : key);
      }
    }

    function onCanvasKey(event: KeyboardEvent, key: string): void {
      const { doc, selectedNodes, selectedEdges, apply, select } = store.getState();
      if (key === 'delete' || key === 'backspace') {
        const op = removeSelection(doc, selectedNodes, selectedEdges);
        if (op === null) return;
        event.preventDefault();
        // The focus would fall to the page with the element that held it: it goes to what came before.
        const focused = document.activeElement?.closest('.react-flow__node, .react-flow__edge') != null;
        const before = doc.edges.find((edge) => selectedNodes.includes(edge.to.node) && !selectedNodes.includes(edge.from.node))?.from.node;
        if (apply(op) && focused) focusNode(before ?? store.getState().doc.nodes[0]?.id);
      } else if (key === 'enter') {
        const node = document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id');
        if (node == null || selectedBefore.length !== 1 || selectedBefore[0] !== node) return;
        event.preventDefault();
        document.getElementById(INSPECTOR_ID)?.querySelector<HTMLElement>('input, [role="combobox"], textarea')?.focus();
      } else if (key === 'ctrl+a') {
        event.preventDefault();
        select(doc.nodes.map((node) => node.id));
      } else if (key === 'escape') {
        select([]);
      }
    }

    window.addEventListener('keydown', remember, true);
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', remember, true);
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [root, store, saver]);
}

function isTyping(target: HTMLElement | null): boolean {
  return target !== null && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

function isOnCanvas(target: HTMLElement | null): boolean {
  return target === null || target === document.body || (!isTyping(target) && target.closest('.react-flow') !== null);
}

function focusNode(nodeId: string | undefined): void {
  if (nodeId !== undefined) document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(nodeId)}"]`)?.focus();
}
