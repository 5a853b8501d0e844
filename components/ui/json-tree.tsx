'use client';

import { ChevronRight, ListTree, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { type Json, parseJson } from '#engine/flow/json.ts';
import { cn } from './cn.ts';
import { CodeBlock } from './code-block.tsx';
import { CopyButton } from './copy-button.tsx';
import { IconButton } from './icon-button.tsx';
import { Input } from './input.tsx';
import { jsonRows } from './json-rows.ts';
import { JsonTreeLine } from './json-tree-line.tsx';

interface JsonTreeProps {
  /** JSON as text; anything else is shown as plain text. */
  text: string | null | undefined;
  /** The name of the tree for screen readers. */
  label: string;
  /** Depth up to which containers start open. */
  openDepth?: number;
  /** Leaves out the bar with search and copy. */
  bare?: boolean;
  className?: string;
}

/** Lines drawn at once. Beyond it searching is faster than scrolling, and the page stays quick. */
const MAX_LINES = 2_000;

/** JSON as a tree one can read: every digit as it came, search that opens the way to its hits, copy of value or path. */
export function JsonTree({ text, label, openDepth = 2, bare = false, className }: JsonTreeProps) {
  const t = useTranslations('common.json');
  const [search, setSearch] = useState('');
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [allOpen, setAllOpen] = useState<boolean | null>(null);
  const value = useMemo(() => tryParse(text), [text]);
  const needle = search.trim().toLowerCase();
  const rows = useMemo(
    () =>
      value === undefined
        ? []
        : jsonRows(value, { search: needle, isOpen: (path, depth) => toggled.get(path) ?? allOpen ?? depth < openDepth }),
    [value, needle, toggled, allOpen, openDepth],
  );

  if (text === null || text === undefined || text === '') return <p className={cn('px-3 py-2 text-sm text-text-muted', className)}>{t('empty')}</p>;
  if (value === undefined)
    return (
      <div className={className}>
        <p className="pb-1 text-xs text-text-muted">{t('notJson')}</p>
        <CodeBlock text={text} wrap />
      </div>
    );

  const matches = rows.filter((row) => row.match).length;
  return (
    <div className={cn('flex min-h-0 flex-col rounded-md border border-border bg-surface', className)}>
      {!bare && (
        <div className="flex items-center gap-1 border-b border-border p-1">
          <Input
            size="sm"
            type="search"
            icon={<Search />}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            placeholder={t('search')}
            aria-label={`${t('search')}: ${label}`}
            className="border-transparent bg-transparent"
          />
          <span role="status" className="shrink-0 text-xs whitespace-nowrap text-text-muted">
            {needle !== '' && t('matches', { count: matches })}
          </span>
          <IconButton
            size="sm"
            label={allOpen === true ? t('collapseAll') : t('expandAll')}
            icon={<ListTree />}
            onClick={() => {
              setToggled(new Map());
              setAllOpen(allOpen === true ? false : true);
            }}
          />
          <CopyButton text={text} />
        </div>
      )}
      <div role="list" aria-label={label} className="min-h-0 overflow-auto py-1 font-mono text-xs leading-5">
        {rows.slice(0, MAX_LINES).map((row) => (
          <JsonTreeLine
            key={row.path}
            row={row}
            search={needle}
            onToggle={(path, next) => {
              setToggled((before) => new Map(before).set(path, next));
            }}
            icon={<ChevronRight aria-hidden className={cn('size-3 transition-transform duration-100', row.open && 'rotate-90')} />}
          />
        ))}
      </div>
      {rows.length > MAX_LINES && <p className="border-t border-border px-3 py-1.5 text-xs text-text-muted">{t('tooLong', { shown: MAX_LINES, total: rows.length })}</p>}
    </div>
  );
}

/** The value, or undefined when the text is not JSON. */
function tryParse(text: string | null | undefined): Json | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
