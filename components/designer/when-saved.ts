import type { DesignerContextValue } from './use-designer.ts';

/** Saves what is not saved yet and waits for the outcome. False: it could not be saved; the header says why. */
export function whenSaved({ store, saver }: DesignerContextValue): Promise<boolean> {
  saver.send({ type: 'saveNow' });
  return new Promise((resolve) => {
    function settle(): boolean {
      const { status } = store.getState().save;
      if (status === 'dirty' || status === 'saving') return false;
      resolve(status === 'saved');
      return true;
    }
    if (settle()) return;
    const stop = store.subscribe(() => {
      if (settle()) stop();
    });
  });
}
