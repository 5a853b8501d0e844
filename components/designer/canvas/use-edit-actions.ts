import { useReactFlow } from '@xyflow/react';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo } from 'react';
import { useToast } from '#components/ui/toast.tsx';
import type { Position } from '#engine/flow/document.ts';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { useConnections } from '../use-connections.ts';
import { focusNode } from '../use-shortcuts.ts';
import { useFlows } from '../use-surroundings.ts';
import type { Surroundings } from './actions/clip.ts';
import { clipboardText, clipText, copy, cut, duplicate, paste, pasteText, removeSelected } from './actions/clipboard.ts';
import { group, toggleFold, ungroup } from './actions/group.ts';
import { pasteCall } from './actions/paste-call.ts';
import { pasteEvent } from './actions/paste-event.ts';
import type { PastePlan } from './actions/plan-paste.ts';
import { tidy } from './actions/tidy.ts';

/** The actions on a selection, with what is said to the person afterwards. Keys, bars and the palette all call these. */
export interface EditActions {
  duplicate(): boolean;
  remove(): boolean;
  group(): boolean;
  ungroup(): boolean;
  fold(): boolean;
  copy(): Promise<void>;
  cut(): Promise<void>;
  paste(): Promise<void>;
  tidy(): Promise<void>;
  /** The selection as text for a copy event; null: nothing is selected. */
  clipText(): string | null;
  /** Takes the text of a paste event: nodes of a flow, a call as documentation shows it, or an event to try the flow with. False: it is none of these. */
  pasteText(text: string): boolean;
}

/** Actions of the open designer; only below `<Designer>` and inside React Flow's provider. */
export function useEditActions(): EditActions {
  const store = useDesignerStore();
  const flow = useReactFlow();
  const toast = useToast();
  const t = useTranslations('canvas');
  const nodes = useTranslations('nodes');
  const flowId = useDesigner((state) => state.flowId);
  const retailerId = useDesigner((state) => state.retailerId);
  const connections = useConnections(retailerId);
  const flows = useFlows(retailerId);
  const around = useMemo((): Surroundings => ({ flowId, retailerId, connections, flows: flows ?? [] }), [flowId, retailerId, connections, flows]);

  const tellPaste = useCallback(
    (plan: PastePlan) => {
      const names = (list: readonly string[]): string => list.join(', ');
      const missing = [
        plan.unbound.length > 0 && t('paste.unbound', { names: names(plan.unbound) }),
        plan.lost.length > 0 && t('paste.lost', { names: names(plan.lost) }),
      ].filter((text) => text !== false);
      const rebound = plan.rebound.length > 0 ? t('paste.rebound', { names: names(plan.rebound) }) : undefined;
      const title = t('paste.done', { count: plan.nodeIds.length });
      if (missing.length > 0) toast({ title, detail: missing.join(' '), tone: 'failed' });
      else if (rebound !== undefined) toast({ title, detail: rebound });
    },
    [toast, t],
  );
  /** A call or an event from elsewhere. False: the text is neither. */
  const pasteForeign = useCallback(
    (text: string, at: Position | undefined): boolean => {
      const call = pasteCall(store, text, { at, connections, labels: { map: nodes('map.label'), call: nodes('http-request.label') } });
      if (call !== null) {
        const detail = [call.connection === null && t('paste.callNowhere'), call.mapped && t('paste.callMapped')].filter((line) => line !== false).join(' ');
        const title = t(call.connection === null ? 'paste.call' : 'paste.callAt', { call: call.title, connection: call.connection ?? '' });
        toast({ title, ...(detail === '' ? {} : { detail }), ...(call.connection === null ? { tone: 'failed' as const } : {}) });
        // The card is drawn with the next frame.
        requestAnimationFrame(() => requestAnimationFrame(() => focusNode(call.nodeId)));
        return true;
      }
      const trigger = pasteEvent(store, text);
      if (trigger !== null) toast({ title: t('paste.event', { node: trigger }) });
      return trigger !== null;
    },
    [store, connections, nodes, toast, t],
  );
  /** The middle of what is in sight, for nodes from elsewhere. */
  const place = useCallback(() => {
    const box = document.querySelector('.react-flow')?.getBoundingClientRect();
    return box === undefined ? undefined : flow.screenToFlowPosition({ x: box.x + box.width / 3, y: box.y + box.height / 3 });
  }, [flow]);

  return useMemo(
    (): EditActions => ({
      duplicate: () => duplicate(store),
      remove: () => removeSelected(store),
      group: () => group(store, t('group.new')) !== null,
      ungroup: () => ungroup(store),
      fold: () => toggleFold(store),
      async copy() {
        const count = await copy(store, around);
        if (count > 0) toast({ title: t('paste.copied', { count }) });
      },
      async cut() {
        const count = await cut(store, around);
        if (count > 0) toast({ title: t('paste.cut', { count }) });
      },
      async paste() {
        const at = place();
        const text = await clipboardText();
        if (text !== null && pasteForeign(text, at)) return;
        const plan = await paste(store, around, at);
        if (plan === null) toast({ title: t('paste.nothing'), detail: t('paste.nothingHelp') });
        else tellPaste(plan);
      },
      async tidy() {
        try {
          const count = await tidy(store);
          if (count === null) return;
          toast({ title: t('tidy.done', { count }) });
          if (count > 0 && store.getState().selectedNodes.length < 2) requestAnimationFrame(() => void flow.fitView({ padding: 0.1, maxZoom: 1, duration: 150 }));
        } catch {
          toast({ title: t('tidy.failed'), detail: t('tidy.failedHelp'), tone: 'failed' });
        }
      },
      clipText: () => clipText(store, around),
      pasteText(text) {
        const plan = pasteText(store, text, { ...around, at: place() });
        if (plan !== null) tellPaste(plan);
        return plan !== null || pasteForeign(text, place());
      },
    }),
    [store, flow, toast, t, around, place, tellPaste, pasteForeign],
  );
}
