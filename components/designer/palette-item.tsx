'use client';

import { useTranslations } from 'next-intl';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import type { ListedKind } from './kinds.ts';

/** The kind of data a dragged palette item carries. */
export const DRAG_TYPE = 'application/x-weft-node';

interface PaletteItemProps {
  kind: ListedKind;
  /** Says below the name what it does. */
  described?: boolean;
  onAdd: () => void;
}

/** One node kind of the palette: drag it to a place, or click (Enter) to put it after the selected node. */
export function PaletteItem({ kind, described = false, onAdd }: PaletteItemProps) {
  const t = useTranslations('nodes');
  const label = t(`${kind.kind}.label`);
  const description = t(`${kind.kind}.description`);
  return (
    <button
      type="button"
      draggable
      title={description}
      aria-label={label}
      className="flex w-full cursor-grab items-center gap-2 rounded-md px-1.5 py-0.5 text-left text-sm has-[.line-clamp-2]:items-start has-[.line-clamp-2]:py-1 pointer-coarse:py-1 hover:bg-surface-3 active:cursor-grabbing"
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAG_TYPE, kind.kind);
        event.dataTransfer.effectAllowed = 'copy';
      }}
      onClick={onAdd}
    >
      <NodeIcon icon={kind.icon} group={kind.group} size="sm" />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{label}</span>
        {described && <span className="line-clamp-2 text-2xs text-text-muted">{description}</span>}
      </span>
    </button>
  );
}
