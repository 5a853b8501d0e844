import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import type { CheckScope } from '#engine/flow/problem.ts';
import { validateFlow } from '#engine/flow/validate.ts';
import { isUnsaved } from './autosave.ts';
import { storeSession } from './persistence.ts';
import type { DesignerContextValue } from './use-designer.ts';

const CHECK_DELAY_MS = 80;
const KEEP_DELAY_MS = 200;

/** What runs beside the open designer: autosave, the tab's own copy, live checks, and the warning before leaving. */
export function useDesignerLife(context: DesignerContextValue, scope: CheckScope): void {
  useAutosave(context);
  useTabCopy(context);
  useChecks(context, scope);
  useLeaveWarning(context);
}

function useAutosave({ store, saver }: DesignerContextValue): void {
  useEffect(() => {
    saver.start();
    const { save } = store.getState();
    if (save.status === 'dirty') saver.send({ type: 'edited' });
    const stop = store.subscribe((state, previous) => {
      // A draft taken over from the server comes with a save state of its own and is no edit.
      if (state.doc !== previous.doc && state.adopted === previous.adopted) saver.send({ type: 'edited' });
    });
    const online = () => saver.send({ type: 'online' });
    window.addEventListener('online', online);
    return () => {
      stop();
      window.removeEventListener('online', online);
      saver.send({ type: 'saveNow' });
      saver.stop();
    };
  }, [store, saver]);
}

function useTabCopy({ store }: DesignerContextValue): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      const { flowId, readOnly, save, doc, history } = store.getState();
      if (!readOnly) storeSession(flowId, { revision: save.revision, doc, unsaved: isUnsaved(save), history });
    };
    const stop = store.subscribe((state, previous) => {
      if (state.doc === previous.doc && state.history === previous.history && state.save === previous.save) return;
      clearTimeout(timer);
      timer = setTimeout(keep, KEEP_DELAY_MS);
    });
    window.addEventListener('pagehide', keep);
    return () => {
      stop();
      clearTimeout(timer);
      keep();
      window.removeEventListener('pagehide', keep);
    };
  }, [store]);
}

function useChecks({ store }: DesignerContextValue, scope: CheckScope): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const check = () => store.getState().setProblems(validateFlow(store.getState().doc, scope));
    check();
    const stop = store.subscribe((state, previous) => {
      if (state.doc === previous.doc) return;
      clearTimeout(timer);
      timer = setTimeout(check, CHECK_DELAY_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store, scope]);
}

function useLeaveWarning({ store }: DesignerContextValue): void {
  const t = useTranslations('designer.save');
  useEffect(() => {
    const onUnload = (event: BeforeUnloadEvent) => {
      if (isUnsaved(store.getState().save)) event.preventDefault();
    };
    // Links inside the application do not unload the page: ask where the draft cannot be saved on the way out.
    const onClick = (event: MouseEvent) => {
      const { status } = store.getState().save;
      const stuck = status === 'conflict' || status === 'refused' || status === 'retrying';
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (!stuck || link === null || link.getAttribute('target') === '_blank') return;
      if (!window.confirm(t('leave'))) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    window.addEventListener('beforeunload', onUnload);
    document.addEventListener('click', onClick, true);
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, true);
    };
  }, [store, t]);
}
