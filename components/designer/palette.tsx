'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Input } from '#components/ui/input.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { GROUPS, nodeKindList } from './kinds.ts';
import { PaletteItem } from './palette-item.tsx';
import { useAddNode } from './use-add-node.ts';
import { PALETTE_SEARCH_ID } from './use-shortcuts.ts';

/** All node kinds by group, with search over their names and descriptions. Enter adds the first hit. */
export function Palette() {
  const t = useTranslations();
  const addNode = useAddNode();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const hits = nodeKindList().filter(({ kind }) =>
    `${t(`nodes.${kind}.label`)} ${t(`nodes.${kind}.description`)}`.toLocaleLowerCase().includes(wanted),
  );
  const [first] = hits;
  return (
    <nav aria-label={t('designer.palette.label')} className="flex h-full flex-col bg-surface">
      <div className="relative p-2">
        <Input
          id={PALETTE_SEARCH_ID}
          type="search"
          size="sm"
          icon={<Search />}
          aria-label={t('designer.palette.search')}
          placeholder={t('designer.palette.search')}
          value={search}
          data-own-undo
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setSearch('');
            if (event.key !== 'Enter' || first === undefined) return;
            addNode(first.kind);
            setSearch('');
          }}
        />
        {search === '' && (
          <span aria-hidden className="pointer-events-none absolute top-3.5 right-3.5">
            <Kbd>/</Kbd>
          </span>
        )}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {GROUPS.map((group) => {
          const members = hits.filter((kind) => kind.group === group);
          if (members.length === 0) return null;
          return (
            <section key={group} aria-label={t(`designer.groups.${group}`)} className="mb-2">
              <h2 className="px-1.5 py-1 text-2xs font-semibold text-text-muted">{t(`designer.groups.${group}`)}</h2>
              {members.map((kind) => (
                <PaletteItem key={kind.kind} kind={kind} onAdd={() => addNode(kind.kind)} />
              ))}
            </section>
          );
        })}
        {hits.length === 0 && <p className="px-1.5 py-3 text-xs text-text-muted">{t('designer.palette.nothing', { search })}</p>}
      </div>
    </nav>
  );
}
