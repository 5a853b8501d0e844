import { useTranslations } from 'next-intl';
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createPresenceStore, holderOf, type PresenceState, type PresenceStore } from './presence-store.ts';

const NOBODY = createPresenceStore();

export const PresenceContext = createContext<PresenceStore>(NOBODY);

/** Subscribes to one slice of who else is here; outside a designer nobody is. */
export function usePresence<T>(select: (state: PresenceState) => T): T {
  return useStore(useContext(PresenceContext), select);
}

export function usePresenceStore(): PresenceStore {
  return useContext(PresenceContext);
}

/** Who is at a node, for those who hear it; null: nobody. */
export function useNodePresenceText(nodeId: string | null): string | null {
  const t = useTranslations('presence');
  const holder = usePresence((state) => holderOf(state, nodeId ?? undefined)?.name);
  const looking = usePresence((state) => state.others.find((person) => nodeId !== null && person.nodeId === nodeId)?.name);
  if (holder !== undefined) return t('editing', { name: holder });
  return looking === undefined ? null : t('looking', { name: looking });
}
