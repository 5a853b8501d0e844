import { useEffect } from 'react';
import type { CommandDesk } from './desk.ts';
import { keyOf } from './keys.ts';
import { matchKey, sceneOf } from './match-key.ts';
import type { CommandId } from './registry.ts';

/** Fields outside the document keep the browser's own undo. */
const OWN_UNDO: readonly CommandId[] = ['undo', 'redo'];

/** The only key handler of the studio: looks a key up in the registry and runs what is offered for it. */
export function useCommandKeys(desk: CommandDesk): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing) return;
      const scene = sceneOf(event.target);
      const key = keyOf(event);
      // The way to the palette leads out of dialogs as well: nothing in them means Cmd-K.
      if (scene === null) {
        if (key === 'mod+k') event.preventDefault();
        return;
      }
      const ownUndo = event.target instanceof Element && event.target.closest('[data-own-undo]') !== null;
      for (const { id, offer } of matchKey(desk, key, scene)) {
        if (ownUndo && OWN_UNDO.includes(id)) continue;
        if (offer.run(event) === false) continue;
        event.preventDefault();
        return;
      }
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [desk]);
}
