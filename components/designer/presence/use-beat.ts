import { useEffect } from 'react';
import { uuidv7 } from 'uuidv7';
import { useTrpcClient } from '#components/trpc/trpc.ts';
import type { DesignerStore } from '../store.ts';
import type { PresenceStore } from './presence-store.ts';

const BEAT_MS = 4_000;
/** Somebody who looks at another tab is still there; nothing changes so fast for them. */
const HIDDEN_MS = 10_000;
/** Going through nodes by arrow key is one news, not twenty. */
const SETTLE_MS = 200;

/** Keeps telling the server that this tab has the flow open and what it edits, and keeps `presence` up to date with the answers. */
export function useBeat({ store, presence }: { store: DesignerStore; presence: PresenceStore }): void {
  const client = useTrpcClient();
  useEffect(() => {
    const { flowId, readOnly } = store.getState();
    if (readOnly) return;
    const tab = uuidv7();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let beating = false;
    let again = false;
    let ended = false;
    let said = '';

    const here = () => {
      const { selectedNodes } = store.getState();
      const [only] = selectedNodes;
      const nodeId = selectedNodes.length === 1 ? (only ?? null) : null;
      const editing = nodeId !== null && document.hasFocus() && document.activeElement?.closest('[data-command-surface="settings"]') != null;
      return { nodeId, editing };
    };
    const plan = (ms: number) => {
      clearTimeout(timer);
      if (!ended) timer = setTimeout(() => void beat(), ms);
    };
    async function beat(): Promise<void> {
      if (beating) {
        again = true;
        return;
      }
      beating = true;
      const { nodeId, editing } = here();
      const { taking } = presence.getState();
      const take = taking !== null && taking === nodeId;
      said = `${nodeId} ${editing}`;
      try {
        const { others, draft } = await client.presence.beat.mutate({ flowId, tab, nodeId, editing: editing || take, take });
        if (!ended) presence.setState({ others, draft, taking: null });
      } catch {
        // Without the server nobody is known to be here; saving says that it is away.
        if (!ended) presence.setState({ others: [], taking: null });
      }
      beating = false;
      const soon = again;
      again = false;
      plan(soon ? SETTLE_MS : document.hidden ? HIDDEN_MS : BEAT_MS);
    }
    const changed = () => {
      const { nodeId, editing } = here();
      if (said !== `${nodeId} ${editing}`) plan(SETTLE_MS);
    };
    // The page is going: an ordinary request would be cut off with it.
    const leave = () => navigator.sendBeacon('/api/trpc/presence.leave', new Blob([JSON.stringify({ flowId, tab })], { type: 'application/json' }));
    const back = () => !document.hidden && plan(0);
    presence.setState({ wake: () => plan(0) });
    plan(0);
    const stop = store.subscribe((state, previous) => void (state.selectedNodes !== previous.selectedNodes && changed()));
    document.addEventListener('focusin', changed);
    document.addEventListener('focusout', changed);
    document.addEventListener('visibilitychange', back);
    window.addEventListener('pagehide', leave);
    return () => {
      ended = true;
      clearTimeout(timer);
      stop();
      document.removeEventListener('focusin', changed);
      document.removeEventListener('focusout', changed);
      document.removeEventListener('visibilitychange', back);
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [store, presence, client]);
}
