import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PresenceView, PresentPerson } from '#server/views/presence.ts';

/** Who else has the flow open, as the last beat told. */
export interface PresenceState {
  others: readonly PresentPerson[];
  /** The stored draft, to notice that somebody saved a newer one; null before the first beat. */
  draft: PresenceView['draft'] | null;
  /** The next beat takes this node from whoever holds it. */
  taking: string | null;
  /** Asks for a beat at once. */
  wake(): void;
}

export type PresenceStore = StoreApi<PresenceState>;

export function createPresenceStore(): PresenceStore {
  return createStore<PresenceState>()(() => ({ others: [], draft: null, taking: null, wake: () => undefined }));
}

/** Who is editing a node's settings; null: nobody else is. */
export function holderOf(state: PresenceState, nodeId: string | undefined): PresentPerson | null {
  if (nodeId === undefined || state.taking === nodeId) return null;
  return state.others.find((person) => person.editing && person.nodeId === nodeId) ?? null;
}
