'use client';

import { createContext, use, useEffect, useLayoutEffect, useRef } from 'react';
import type { CommandDesk, Offer, Offers, PaletteSource } from './desk.ts';
import { COMMAND_IDS } from './registry.ts';

export const CommandContext = createContext<CommandDesk | null>(null);

/** The desk of the page. Only below `<CommandRoom>`; elsewhere (a test, the sign-in page) there are no commands. */
export function useCommandDesk(): CommandDesk | null {
  return use(CommandContext);
}

/**
 * Offers commands while the component is mounted. The newest closures are called; nothing need be memoised. What a part deeper in
 * the page offers goes before what its surroundings (depth 0) offer for the same command.
 */
export function useCommands(offers: Offers, { depth = 1 }: { depth?: 0 | 1 | 2 } = {}): void {
  const desk = use(CommandContext);
  const current = useNewest(offers);
  const ids = COMMAND_IDS.filter((id) => offers[id] !== undefined).join(' ');
  useEffect(() => {
    const stable: Offers = {};
    for (const id of COMMAND_IDS) {
      if (!ids.split(' ').includes(id)) continue;
      const read = (): Offer | undefined => {
        const found = current.current[id];
        return typeof found === 'function' ? { run: found } : found;
      };
      stable[id] = { run: (event) => read()?.run(event), enabled: () => read()?.enabled?.() ?? read() !== undefined };
    }
    return desk?.offer(stable, depth);
  }, [desk, ids, current, depth]);
}

/** Adds entries to the palette while the component is mounted. */
export function usePaletteSource(source: PaletteSource): void {
  const desk = use(CommandContext);
  const { id } = source;
  const current = useNewest(source);
  useEffect(() => desk?.addSource({ id, entries: () => current.current.entries(), enabled: () => current.current.enabled?.() ?? true }), [desk, id, current]);
}

/** An effect event would not do: the palette reads what is offered while it is drawn. */
function useNewest<T>(value: T) {
  const newest = useRef(value);
  useLayoutEffect(() => {
    newest.current = value;
  });
  return newest;
}
