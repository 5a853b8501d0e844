'use client';

import { type ReactNode, useState } from 'react';
import { CommandContext } from './command-context.tsx';
import { CommandPalette } from './command-palette.tsx';
import { CommandDesk } from './desk.ts';
import { ShortcutsSheet } from './shortcuts-sheet.tsx';
import { StudioCommands } from './studio-commands.tsx';
import { useCommandKeys } from './use-command-keys.ts';

/** Gives a page its commands: the keys, the palette and the sheet of shortcuts, all from one registry. */
export function CommandRoom({ children }: { children: ReactNode }) {
  const [desk] = useState(() => new CommandDesk());
  const [open, setOpen] = useState<'palette' | 'sheet' | null>(null);
  useCommandKeys(desk);
  return (
    <CommandContext value={desk}>
      <StudioCommands onOpen={setOpen} />
      {children}
      {open === 'palette' && <CommandPalette desk={desk} onClose={() => setOpen(null)} />}
      {open === 'sheet' && <ShortcutsSheet onClose={() => setOpen(null)} />}
    </CommandContext>
  );
}
