import { type RefObject, useEffect } from 'react';
import { removeSelection } from './selection-ops.ts';
import type { DesignerContextValue } from './use-designer.ts';

/** Id of the palette's search field, so that `/` can reach it. */
export const PALETTE_SEARCH_ID = 'designer-palette-search';

/**
 * Keys of the designer: undo, redo and save anywhere in it; delete, select all and `/` while no field is being typed in.
 * Fields outside the document (`data-own-undo`) keep the browser's own undo.
 */
export function useShortcuts(root: RefObject<HTMLElement | null>, { store, saver }: DesignerContextValue): void {
  useEffect(() => {
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
        apply(op);
      } else if (key === 'ctrl+a') {
        event.preventDefault();
        select(doc.nodes.map((node) => node.id));
      } else if (key === 'escape') {
        select([]);
      }
    }

    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [root, store, saver]);
}

function isTyping(target: HTMLElement | null): boolean {
  return target !== null && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));
}

function isOnCanvas(target: HTMLElement | null): boolean {
  return target === null || target === document.body || (!isTyping(target) && target.closest('.react-flow') !== null);
}
