'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import type { JsonRow } from './json-rows.ts';

interface JsonTreeLineProps {
  row: JsonRow;
  /** Lower-cased search text; empty for none. */
  search: string;
  icon: ReactNode;
  onToggle: (path: string, open: boolean) => void;
}

/** Kinds are told apart by their JSON punctuation; weight, not hue, sets names from values. */
export function JsonTreeLine({ row, search, icon, onToggle }: JsonTreeLineProps) {
  const t = useTranslations('common.json');
  const container = row.kind === 'object' || row.kind === 'list';
  const name = row.name ?? '';
  return (
    <div
      role="listitem"
      title={row.path === '' ? undefined : row.path}
      className="flex w-max min-w-full items-start pr-3 hover:bg-surface-2"
      style={{ paddingLeft: 4 + row.depth * 16 }}
    >
      {container && row.size > 0 ? (
        <button
          type="button"
          className="flex items-center rounded-sm text-left outline-offset-[-2px]"
          onClick={() => onToggle(row.path, !row.open)}
          aria-expanded={row.open}
          aria-label={row.open ? t('collapse', { name: row.path }) : t('expand', { name: row.path })}
        >
          <span className="flex w-4 shrink-0 justify-center text-text-muted">{icon}</span>
          <Name name={name} search={search} list={row.kind === 'list'} />
          <span className="text-text-muted">{row.kind === 'list' ? t('items', { count: row.size }) : t('fields', { count: row.size })}</span>
        </button>
      ) : (
        <span className="flex items-start pl-4">
          <Name name={name} search={search} list={false} />
          <span className={cn('break-all whitespace-pre-wrap', valueLook(row.kind))}>
            <Marked text={container ? (row.kind === 'list' ? '[ ]' : '{ }') : row.text} search={search} />
          </span>
        </span>
      )}
    </div>
  );
}

function Name({ name, search, list }: { name: string; search: string; list: boolean }) {
  if (name === '') return null;
  return (
    <span className="mr-2 shrink-0 text-text-muted">
      <Marked text={name} search={search} />
      {list && '[]'}
      <span aria-hidden>:</span>
    </span>
  );
}

function valueLook(kind: JsonRow['kind']): string {
  return kind === 'null' || kind === 'object' || kind === 'list' ? 'text-text-muted italic' : 'text-text';
}

/** The text with the searched part marked. */
function Marked({ text, search }: { text: string; search: string }) {
  const at = search === '' ? -1 : text.toLowerCase().indexOf(search);
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="rounded-sm bg-waiting-tint text-waiting">{text.slice(at, at + search.length)}</mark>
      {text.slice(at + search.length)}
    </>
  );
}
