'use client';

import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Dialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Spinner } from '#components/ui/spinner.tsx';
import type { CommandDesk, PaletteEntry } from './desk.ts';
import { KeyHint } from './key-hint.tsx';
import { rankEntries } from './rank-entries.ts';
import { COMMANDS } from './registry.ts';
import { usePlaces } from './use-places.ts';

/** Hits of one kind that are shown; more letters narrow them down better than scrolling does. */
const MOST = 8;

interface PaletteGroup {
  id: string;
  hits: (PaletteEntry & { keys?: string })[];
}

/** Type what you want: a command, a node, a retailer, a flow, a connection, a run by its business key. Enter does it. */
export function CommandPalette({ desk, onClose }: { desk: CommandDesk; onClose: () => void }) {
  const t = useTranslations('commands');
  const [search, setSearch] = useState('');
  const places = usePlaces(search);
  // What can be done is settled when the palette opens: it stands over the page, so nothing there changes meanwhile.
  const [commands] = useState(() =>
    desk
      .available()
      .filter((id) => COMMANDS[id].sheetOnly !== true)
      .map((id) => ({ id, label: t(`names.${id}`), words: t(`words.${id}`), hint: t(`groups.${COMMANDS[id].group}`), keys: COMMANDS[id].keys[0], run: () => void desk.run(id) })),
  );
  const [sources] = useState(() => desk.sources().map((source) => ({ id: source.id, entries: source.entries() })));
  const typed = search.trim() !== '';
  const groups: PaletteGroup[] = [
    { id: 'commands', hits: rankEntries(commands, search, typed ? MOST : 40) },
    ...sources.map(({ id, entries }) => ({ id, hits: typed ? rankEntries(entries, search, MOST) : [] })),
    { id: 'flows', hits: rankEntries(places.flows, search, typed ? MOST : 5) },
    { id: 'retailers', hits: rankEntries(places.retailers, search, typed ? MOST : 5) },
    { id: 'connections', hits: places.connections.slice(0, MOST) },
    { id: 'runs', hits: places.runs },
  ].filter(({ hits }) => hits.length > 0);

  function choose(entry: PaletteEntry): void {
    onClose();
    // After the dialog has given the focus back: a command may take it somewhere itself.
    requestAnimationFrame(() => requestAnimationFrame(() => entry.run()));
  }

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-overlay" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-0 top-0 z-60 mx-auto flex max-h-dvh w-full flex-col bg-raised shadow-float outline-none animate-enter sm:top-[12vh] sm:max-h-[70vh] sm:max-w-150 sm:rounded-lg"
        >
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <Command shouldFilter={false} loop label={t('palette.title')} className="flex min-h-0 flex-1 flex-col">
            <div className="flex items-center gap-2 border-b border-border px-4">
              <Search aria-hidden className="size-4 shrink-0 text-text-muted" />
              <Command.Input
                autoFocus
                value={search}
                onValueChange={setSearch}
                maxLength={200}
                placeholder={t('palette.placeholder')}
                className="h-12 w-full bg-transparent text-base outline-none"
              />
              {places.searching && <Spinner />}
            </div>
            <Command.List className="min-h-0 flex-1 overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-sm text-text-muted">{places.searching ? t('palette.searching') : t('nothing', { search })}</Command.Empty>
              {groups.map((group) => (
                <Command.Group key={group.id} heading={t(`sources.${group.id}`)} className={GROUP}>
                  {group.hits.map((hit) => (
                    <Command.Item key={hit.id} value={`${group.id} ${hit.id}`} onSelect={() => choose(hit)} className={ITEM}>
                      {hit.icon}
                      <Label text={hit.label} hint={hit.hint} />
                      {hit.keys !== undefined && <KeyHint keys={hit.keys} />}
                    </Command.Item>
                  ))}
                </Command.Group>
              ))}
            </Command.List>
            <p className="flex flex-wrap gap-x-4 gap-y-1 border-t border-border px-4 py-2 text-2xs text-text-muted max-sm:hidden">
              <Hint keys="enter">{t('palette.run')}</Hint>
              <Hint keys="escape">{t('palette.close')}</Hint>
            </p>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const GROUP = '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-text-muted';
const ITEM = 'flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2.5 py-1 text-sm data-[selected=true]:bg-surface-3 pointer-coarse:min-h-10';

function Label({ text, hint }: { text: string; hint?: string }) {
  return (
    <span className="flex min-w-0 flex-1 items-baseline gap-2">
      <span className="max-w-full truncate">{text}</span>
      {hint !== undefined && <span className="min-w-0 flex-1 truncate text-xs text-text-muted">{hint}</span>}
    </span>
  );
}

function Hint({ keys, children }: { keys: string; children: ReactNode }) {
  return (
    <span className="flex items-center gap-1.5">
      <KeyHint keys={keys} />
      {children}
    </span>
  );
}
