'use client';

import { useSyncExternalStore } from 'react';
import { Kbd } from '#components/ui/kbd.tsx';
import { isMac, keyCaps } from './keys.ts';
import { COMMANDS, type CommandId } from './registry.ts';

const never = () => () => undefined;

/** Whether keys are called as on a Mac; the server does not know and says no. */
export function useMac(): boolean {
  return useSyncExternalStore(never, isMac, () => false);
}

/** One key or combination, a cap for each. */
export function KeyHint({ keys }: { keys: string }) {
  const mac = useMac();
  return (
    <span className="inline-flex shrink-0 items-center gap-0.5">
      {keyCaps(keys, mac).map((cap) => (
        <Kbd key={cap}>{cap}</Kbd>
      ))}
    </span>
  );
}

/** The first key of a command in one word, for tooltips: `Ctrl Z`. Undefined: it has none. */
export function useCommandKey(id: CommandId): string | undefined {
  const mac = useMac();
  const [first] = COMMANDS[id].keys;
  return first === undefined ? undefined : keyCaps(first, mac).join(' ');
}
