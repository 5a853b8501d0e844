'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import { cn } from '#components/ui/cn.ts';
import { Input } from '#components/ui/input.tsx';
import { planQuickAdd } from './canvas/actions/quick-add.ts';
import type { QuickAddRequest } from './canvas/canvas-ui.ts';
import { indexOf } from './doc-index.ts';
import { nodeKindList } from './kinds.ts';
import { newNode } from './new-node.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';
import { useKindSearch } from './use-kind-search.ts';

interface QuickAddProps {
  request: QuickAddRequest;
  onPick: (kind: string) => void;
  onClose: () => void;
}

const LIST_ID = 'designer-quick-add';
const WIDTH = 272;
const HEIGHT = 400;

/**
 * Node kinds that fit where the menu was opened: after a node, at the end of an edge let go over empty canvas, on an edge.
 * Typing searches, the arrow keys walk, Enter adds; the focus stays in the field.
 */
export function QuickAdd({ request, onPick, onClose }: QuickAddProps) {
  const t = useTranslations();
  const store = useDesignerStore();
  const box = useRef<HTMLDivElement>(null);
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const fits = useMemo(() => fittingKinds(store.getState().doc, request), [store, request]);
  const shown = useKindSearch(search).filter(({ kind }) => fits.has(kind));
  const active = shown[Math.min(at, shown.length - 1)];
  const title = useTitle(request);
  useEffect(() => {
    function onPointerDown(event: PointerEvent): void {
      if (!(event.target instanceof Node) || box.current?.contains(event.target) !== true) onClose();
    }
    window.addEventListener('pointerdown', onPointerDown);
    return () => window.removeEventListener('pointerdown', onPointerDown);
  }, [onClose]);
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={title}
      className="fixed z-40 flex max-h-96 w-64 flex-col rounded-md bg-raised p-1 shadow-float animate-enter"
      style={{ left: Math.max(8, Math.min(request.screen.x, window.innerWidth - WIDTH)), top: Math.max(8, Math.min(request.screen.y, window.innerHeight - HEIGHT)) }}
    >
      <p aria-hidden className="shrink-0 truncate px-1.5 pt-0.5 pb-1 text-2xs font-semibold text-text-muted">
        {title}
      </p>
      <Input
        // The menu opens where the person asked for it.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        size="sm"
        type="search"
        icon={<Search />}
        role="combobox"
        aria-expanded
        aria-controls={LIST_ID}
        aria-activedescendant={active === undefined ? undefined : `${LIST_ID}-${active.kind}`}
        aria-label={t('designer.palette.search')}
        placeholder={t('designer.palette.search')}
        value={search}
        data-own-undo
        onChange={(event) => {
          setSearch(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const last = shown.length - 1;
          const here = Math.min(at, last);
          if (event.key === 'Escape' || event.key === 'Tab') onClose();
          else if (event.key === 'ArrowDown') setAt(here >= last ? 0 : here + 1);
          else if (event.key === 'ArrowUp') setAt(here <= 0 ? Math.max(0, last) : here - 1);
          else if (event.key === 'Enter' && active !== undefined) onPick(active.kind);
          else if (event.key !== 'Enter') return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <div id={LIST_ID} role="listbox" aria-label={title} className="mt-1 min-h-0 flex-1 overflow-y-auto">
        {shown.map((kind, index) => (
          <div
            key={kind.kind}
            id={`${LIST_ID}-${kind.kind}`}
            role="option"
            aria-selected={kind === active}
            tabIndex={-1}
            title={t(`nodes.${kind.kind}.description`)}
            ref={kind === active && at > 0 ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
            className={cn('flex w-full cursor-default items-center gap-2 rounded-sm px-1.5 py-0.5 text-left text-sm pointer-coarse:py-1.5', kind === active && 'bg-surface-3')}
            onPointerMove={() => setAt(index)}
            onClick={() => onPick(kind.kind)}
            onKeyDown={() => undefined}
          >
            <NodeIcon icon={kind.icon} group={kind.group} size="sm" />
            <span className="truncate">{t(`nodes.${kind.kind}.label`)}</span>
          </div>
        ))}
        {shown.length === 0 && <p className="px-1.5 py-2 text-xs text-text-muted">{t('canvas.quickAdd.nothing', { search })}</p>}
      </div>
    </div>
  );
}

/** What the menu is about, for its heading and for screen readers. */
function useTitle({ from, to, edgeId }: QuickAddRequest): string {
  const t = useTranslations('canvas.quickAdd');
  const doc = useDesigner((state) => state.doc);
  const index = indexOf(doc);
  const label = (id: string): string => index.node(id)?.label ?? '';
  const edge = edgeId === undefined ? undefined : index.edge(edgeId);
  if (edge !== undefined) return t('between', { from: label(edge.from.node), to: label(edge.to.node) });
  if (from !== undefined) return t('after', { node: label(from.node) });
  return to === undefined ? t('free') : t('before', { node: label(to.node) });
}

function fittingKinds(doc: Parameters<typeof newNode>[0], request: QuickAddRequest): ReadonlySet<string> {
  const fits = new Set<string>();
  for (const { kind } of nodeKindList()) {
    const node = newNode(doc, kind, kind);
    if (node !== undefined && planQuickAdd(doc, node, request) !== null) fits.add(kind);
  }
  return fits;
}
