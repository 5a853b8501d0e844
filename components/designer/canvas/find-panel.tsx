'use client';

import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { kindOf } from '#components/canvas/kind-info.ts';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import { cn } from '#components/ui/cn.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { indexOf } from '../doc-index.ts';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { findInFlow } from './actions/find.ts';
import { showOnCanvas } from './canvas-ui.ts';
import { useGoToNode } from './use-go-to-node.ts';

const LIST_ID = 'canvas-find-hits';

/** Search in the open flow: names, kinds and settings; Enter and the arrow keys go from hit to hit. */
export function FindPanel() {
  const finding = useDesigner((state) => state.canvas.finding);
  return finding ? <OpenPanel /> : null;
}

function OpenPanel() {
  const t = useTranslations('canvas.find');
  const nodes = useTranslations('nodes');
  const store = useDesignerStore();
  const doc = useDesigner((state) => state.doc);
  const goTo = useGoToNode();
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(-1);
  const kindLabel = useMemo(() => (node: { kind: string }) => (nodes.has(`${node.kind}.label`) ? nodes(`${node.kind}.label`) : node.kind), [nodes]);
  const hits = useMemo(() => (search.trim() === '' ? [] : findInFlow(doc, search, { kindLabel })), [doc, search, kindLabel]);
  const current = hits[at];

  function go(by: 1 | -1): void {
    if (hits.length === 0) return;
    const next = (at + by + hits.length) % hits.length;
    setAt(at === -1 && by === -1 ? hits.length - 1 : next);
    const hit = hits[at === -1 && by === -1 ? hits.length - 1 : next];
    if (hit !== undefined) goTo(hit.nodeId, { focus: false });
  }
  function close(): void {
    showOnCanvas(store, { finding: false });
    const [id] = store.getState().selectedNodes;
    if (id !== undefined) document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
  }

  return (
    <search aria-label={t('label')} className="absolute top-3 right-3 z-20 flex max-h-[60%] w-80 max-w-[calc(100%-1.5rem)] flex-col rounded-md bg-raised p-1.5 shadow-float animate-enter">
      <div className="flex items-center gap-0.5">
        <Input
          // It opens because the person asked for it.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          type="search"
          size="sm"
          icon={<Search />}
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls={LIST_ID}
          aria-activedescendant={current === undefined ? undefined : `${LIST_ID}-${at}`}
          aria-label={t('placeholder')}
          placeholder={t('placeholder')}
          value={search}
          data-own-undo
          onChange={(event) => {
            setSearch(event.target.value);
            setAt(-1);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') close();
            else if (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'ArrowUp') go(event.key === 'ArrowUp' || event.shiftKey ? -1 : 1);
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <IconButton size="sm" label={t('previous')} icon={<ChevronUp />} disabled={hits.length === 0} onClick={() => go(-1)} />
        <IconButton size="sm" label={t('next')} icon={<ChevronDown />} disabled={hits.length === 0} onClick={() => go(1)} />
        <IconButton size="sm" label={t('close')} shortcut="Esc" icon={<X />} onClick={close} />
      </div>
      <p role="status" className={cn('px-1.5 pt-1 text-2xs text-text-muted', search.trim() === '' && 'sr-only')}>
        {search.trim() === '' ? '' : t('hits', { count: hits.length })}
      </p>
      <div id={LIST_ID} role="listbox" aria-label={t('label')} className="min-h-0 overflow-y-auto">
        {hits.map((hit, index) => {
          const node = indexOf(doc).node(hit.nodeId);
          const info = node === undefined ? null : kindOf(node);
          return (
            <div
              key={hit.nodeId}
              id={`${LIST_ID}-${index}`}
              role="option"
              aria-selected={index === at}
              tabIndex={-1}
              ref={index === at ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
              className={cn('flex w-full cursor-default items-center gap-2 rounded-sm px-1.5 py-1 text-left text-sm hover:bg-surface-3 pointer-coarse:py-2', index === at && 'bg-surface-3')}
              onClick={() => {
                setAt(index);
                goTo(hit.nodeId, { focus: false });
              }}
              onKeyDown={() => undefined}
            >
              {info !== null && <NodeIcon icon={info.icon} group={info.group} size="sm" />}
              <span className="min-w-0 flex-1">
                <span className="block truncate">{hit.label === '' ? hit.kindLabel : hit.label}</span>
                <span className="block truncate text-2xs text-text-muted">{hit.excerpt === null ? hit.kindLabel : `${hit.kindLabel} · ${hit.excerpt}`}</span>
              </span>
            </div>
          );
        })}
      </div>
    </search>
  );
}
