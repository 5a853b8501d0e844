'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import { Input } from '#components/ui/input.tsx';
import type { EdgeEnd, Position } from '#engine/flow/document.ts';
import { planAddNode } from './add-node.ts';
import { newNode } from './new-node.ts';
import { useDesigner } from './use-designer.ts';
import { useKindSearch } from './use-kind-search.ts';

interface QuickAddProps {
  screen: Position;
  from: EdgeEnd;
  onPick: (kind: string) => void;
  onClose: () => void;
}

/** Node kinds that fit the end of an edge that was let go over empty canvas. */
export function QuickAdd({ screen, from, onPick, onClose }: QuickAddProps) {
  const t = useTranslations();
  const doc = useDesigner((state) => state.doc);
  const box = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState('');
  const fitting = useKindSearch(search).filter(({ kind }) => {
    const node = newNode(doc, kind, kind);
    return node !== undefined && planAddNode(doc, { node, at: { x: 0, y: 0 }, from }).op.type === 'batch';
  });
  useEffect(() => {
    box.current?.querySelector('input')?.focus();
    function onPointerDown(event: PointerEvent): void {
      if (!(event.target instanceof Node) || box.current?.contains(event.target) !== true) onClose();
    }
    window.addEventListener('pointerdown', onPointerDown);
    return () => window.removeEventListener('pointerdown', onPointerDown);
  }, [onClose]);
  return (
    <div
      ref={box}
      role="menu"
      aria-label={t('designer.quickAdd')}
      tabIndex={-1}
      className="fixed z-40 flex max-h-96 w-64 flex-col rounded-md bg-raised p-1 shadow-float animate-enter"
      style={{ left: Math.min(screen.x, window.innerWidth - 270), top: Math.min(screen.y, window.innerHeight - 400) }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        // The search field is the stop before the first item.
        const stops = [...(box.current?.querySelectorAll<HTMLElement>('input, button') ?? [])];
        const at = stops.findIndex((item) => item === document.activeElement);
        stops[(at + (event.key === 'ArrowDown' ? 1 : stops.length - 1)) % stops.length]?.focus();
      }}
    >
      <Input
        size="sm"
        type="search"
        icon={<Search />}
        aria-label={t('designer.palette.search')}
        placeholder={t('designer.palette.search')}
        value={search}
        data-own-undo
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => {
          const [first] = fitting;
          if (event.key === 'Enter' && first !== undefined) onPick(first.kind);
        }}
      />
      <div className="mt-1 min-h-0 flex-1 overflow-y-auto">
        {fitting.map((kind) => (
          <button
            key={kind.kind}
            type="button"
            role="menuitem"
            title={t(`nodes.${kind.kind}.description`)}
            className="flex w-full items-center gap-2 rounded-sm px-1.5 py-0.5 text-left text-sm hover:bg-surface-3 focus-visible:bg-surface-3 pointer-coarse:py-1"
            onClick={() => onPick(kind.kind)}
          >
            <NodeIcon icon={kind.icon} group={kind.group} size="sm" />
            <span className="truncate">{t(`nodes.${kind.kind}.label`)}</span>
          </button>
        ))}
        {fitting.length === 0 && <p className="px-1.5 py-2 text-xs text-text-muted">{t('designer.palette.nothing', { search })}</p>}
      </div>
    </div>
  );
}
