'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Input } from '#components/ui/input.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import { KeyHint } from './key-hint.tsx';
import { COMMAND_GROUPS, COMMAND_IDS, COMMANDS } from './registry.ts';

/** All keys of the studio, as the registry has them. */
export function ShortcutsSheet({ onClose }: { onClose: () => void }) {
  const t = useTranslations('commands');
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const shown = COMMAND_IDS.filter((id) => COMMANDS[id].keys.length > 0 && t(`names.${id}`).toLocaleLowerCase().includes(wanted));
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={t('sheet.title')}>
      <div className="flex flex-col gap-4 p-4">
        <Input autoFocus type="search" size="sm" aria-label={t('sheet.search')} placeholder={t('sheet.search')} value={search} onChange={(event) => setSearch(event.target.value)} />
        {COMMAND_GROUPS.map((group) => {
          const ids = shown.filter((id) => COMMANDS[id].group === group);
          if (ids.length === 0) return null;
          return (
            <section key={group} aria-labelledby={`shortcuts-${group}`}>
              <h3 id={`shortcuts-${group}`} className="mb-1 text-xs font-semibold text-text-muted">
                {t(`groups.${group}`)}
              </h3>
              <dl className="divide-y divide-border">
                {ids.map((id) => (
                  <div key={id} className="flex min-h-8 items-center justify-between gap-3 py-1 text-sm">
                    <dt className="min-w-0">
                      {t(`names.${id}`)}
                      {placeNote(COMMANDS[id].place) && <span className="ml-1.5 text-2xs text-text-muted">{t(`places.${COMMANDS[id].place}`)}</span>}
                    </dt>
                    <dd className="flex shrink-0 flex-wrap items-center justify-end gap-1.5">
                      {COMMANDS[id].keys.map((key) => (
                        <KeyHint key={key} keys={key} />
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
        {shown.length === 0 && <p className="text-sm text-text-muted">{t('nothing', { search })}</p>}
      </div>
    </Sheet>
  );
}

/** Only keys that count in one place alone say so; the group's heading says it for the outline. */
function placeNote(place: string): boolean {
  return place === 'canvas' || place === 'settings';
}
