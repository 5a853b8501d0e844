'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { CommandDesk, PaletteEntry } from './desk.ts';
import { KeyHint } from './key-hint.tsx';
import { PickDialog } from './pick-dialog.tsx';
import { bestRank, rankEntries } from './rank-entries.ts';
import { COMMANDS } from './registry.ts';
import { usePlaces } from './use-places.ts';

/** Hits of one kind that are shown; more letters narrow them down better than scrolling does. */
const MOST = 8;
const MOST_UNTYPED = { commands: 40, places: 5 };

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
      .map((id) => ({ id, label: t(`names.${id}`), words: t(`words.${id}`), keys: COMMANDS[id].keys[0], run: () => void desk.run(id) })),
  );
  const [sources] = useState(() => desk.sources().map((source) => ({ id: source.id, entries: source.entries() })));
  const typed = search.trim() !== '';
  const groups = [
    { id: 'commands', hits: rankEntries(commands, search, typed ? MOST : MOST_UNTYPED.commands) },
    ...sources.map(({ id, entries }) => ({ id, hits: typed ? rankEntries(entries, search, MOST) : [] })),
    { id: 'flows', hits: rankEntries(places.flows, search, typed ? MOST : MOST_UNTYPED.places) },
    { id: 'retailers', hits: rankEntries(places.retailers, search, typed ? MOST : MOST_UNTYPED.places) },
    { id: 'connections', hits: places.connections },
    { id: 'runs', hits: places.runs },
  ]
    .filter(({ hits }) => hits.length > 0)
    // What fits best comes first, whichever kind of thing it is; what the server found by other means comes last.
    .toSorted((a, b) => (typed ? bestRank(a.hits, search) - bestRank(b.hits, search) || 0 : 0))
    .map((group) => ({ ...group, heading: t(`sources.${group.id}`) }));

  function choose(entry: PaletteEntry): void {
    onClose();
    // After the dialog has given the focus back: a command may take it somewhere itself.
    requestAnimationFrame(() => requestAnimationFrame(() => entry.run()));
  }

  return (
    <PickDialog
      title={t('palette.title')}
      placeholder={t('palette.placeholder')}
      search={search}
      onSearch={setSearch}
      groups={groups}
      busy={places.searching}
      empty={places.searching ? t('palette.searching') : t('nothing', { search })}
      onPick={choose}
      onClose={onClose}
      footer={
        <>
          <Hint keys="enter">{t('palette.run')}</Hint>
          <Hint keys="escape">{t('palette.close')}</Hint>
        </>
      }
    />
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
