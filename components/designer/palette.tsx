'use client';

import { ChevronRight, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { cn } from '#components/ui/cn.ts';
import { Input } from '#components/ui/input.tsx';
import type { NodeGroup } from '#engine/nodes/node-kind.ts';
import { GROUPS, type ListedKind } from './kinds.ts';
import { PaletteItem } from './palette-item.tsx';
import { useAddNode } from './use-add-node.ts';
import { useFoldedGroups } from './use-folded-groups.ts';
import { useKindSearch } from './use-kind-search.ts';
import { PALETTE_SEARCH_ID } from './use-shortcuts.ts';

/** All node kinds by group, with search over their names, descriptions and the words other tools use. Enter adds the first hit. */
export function Palette() {
  const t = useTranslations('designer.palette');
  const addNode = useAddNode();
  const [search, setSearch] = useState('');
  const hits = useKindSearch(search);
  const searching = search.trim() !== '';
  const [first] = hits;
  return (
    <nav aria-label={t('label')} className="flex h-full flex-col bg-surface">
      <div className="relative p-2">
        <Input
          id={PALETTE_SEARCH_ID}
          type="search"
          size="sm"
          icon={<Search />}
          aria-label={t('search')}
          placeholder={t('search')}
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
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {searching ? (
          // In the order of how well they fit, each with what it does: whoever searches does not know the name.
          hits.map((kind) => <PaletteItem key={kind.kind} kind={kind} described onAdd={() => addNode(kind.kind)} />)
        ) : (
          <PaletteGroups kinds={hits} onAdd={addNode} />
        )}
        {hits.length === 0 && <p className="px-1.5 py-3 text-xs text-text-muted">{t('nothing', { search })}</p>}
      </div>
    </nav>
  );
}

function PaletteGroups({ kinds, onAdd }: { kinds: readonly ListedKind[]; onAdd: (kind: string) => void }) {
  const { isFolded, toggle } = useFoldedGroups();
  return GROUPS.map((group) => (
    <PaletteGroup
      key={group}
      group={group}
      kinds={kinds.filter((kind) => kind.group === group)}
      folded={isFolded(group)}
      onToggle={() => toggle(group)}
      onAdd={onAdd}
    />
  ));
}

interface PaletteGroupProps {
  group: NodeGroup;
  kinds: readonly ListedKind[];
  folded: boolean;
  onToggle: () => void;
  onAdd: (kind: string) => void;
}

function PaletteGroup({ group, kinds, folded, onToggle, onAdd }: PaletteGroupProps) {
  const t = useTranslations('designer.groups');
  const label = t(group);
  return (
    <section aria-label={label} className="mb-1">
      <h2>
        <button
          type="button"
          aria-expanded={!folded}
          className="flex w-full items-center gap-1 rounded-sm px-1 py-1 text-left text-2xs font-semibold text-text-muted hover:text-text"
          onClick={onToggle}
        >
          <ChevronRight aria-hidden className={cn('size-3 transition-transform duration-100', !folded && 'rotate-90')} />
          {label}
          {folded && <span className="ml-auto pr-0.5 font-normal tabular-nums">{kinds.length}</span>}
        </button>
      </h2>
      {!folded && kinds.map((kind) => <PaletteItem key={kind.kind} kind={kind} onAdd={() => onAdd(kind.kind)} />)}
    </section>
  );
}
