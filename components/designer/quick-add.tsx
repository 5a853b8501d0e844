'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import type { EdgeEnd, Position } from '#engine/flow/document.ts';
import { planAddNode } from './add-node.ts';
import { nodeKindList } from './kinds.ts';
import { newNode } from './new-node.ts';
import { useDesigner } from './use-designer.ts';

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
  const fitting = nodeKindList().filter(({ kind }) => {
    const node = newNode(doc, kind, kind);
    return node !== undefined && planAddNode(doc, { node, at: { x: 0, y: 0 }, from }).op.type === 'batch';
  });
  useEffect(() => {
    box.current?.querySelector('button')?.focus();
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
      className="fixed z-40 max-h-80 w-52 overflow-y-auto rounded-md bg-raised p-1 shadow-float animate-enter"
      style={{ left: Math.min(screen.x, window.innerWidth - 220), top: Math.min(screen.y, window.innerHeight - 330) }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        const items = [...(box.current?.querySelectorAll('button') ?? [])];
        const at = items.findIndex((item) => item === document.activeElement);
        items[(at + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length]?.focus();
      }}
    >
      {fitting.map((kind) => (
        <button
          key={kind.kind}
          type="button"
          role="menuitem"
          className="flex w-full items-center gap-2 rounded-sm px-1.5 py-1 text-left text-sm hover:bg-surface-3 focus-visible:bg-surface-3"
          onClick={() => onPick(kind.kind)}
        >
          <NodeIcon icon={kind.icon} group={kind.group} size="sm" />
          {t(`nodes.${kind.kind}.label`)}
        </button>
      ))}
    </div>
  );
}
