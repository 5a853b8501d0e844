'use client';

import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Copy,
  CopyPlus,
  Group,
  type LucideIcon,
  Trash2,
  Ungroup,
  Workflow,
  X,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { useMediaQuery } from '../use-media-query.ts';
import { align, type AlignEdge, ALIGN_EDGES, distribute } from './actions/arrange.ts';
import type { EditActions } from './use-edit-actions.ts';

const ALIGN_ICONS: Record<AlignEdge, LucideIcon> = {
  left: AlignStartVertical,
  centre: AlignCenterVertical,
  right: AlignEndVertical,
  top: AlignStartHorizontal,
  middle: AlignCenterHorizontal,
  bottom: AlignEndHorizontal,
};

/** What can be done with several selected nodes; on a tablet, which has no keys, with a single one too. */
export function SelectionBar({ actions }: { actions: EditActions }) {
  const t = useTranslations('canvas.selection');
  const store = useDesignerStore();
  const coarse = useMediaQuery('(pointer: coarse)');
  const count = useDesigner((state) => state.selectedNodes.length);
  const readOnly = useDesigner((state) => state.readOnly);
  const grouped = useDesigner((state) => (state.doc.groups ?? []).some(({ nodes }) => nodes.some((id) => state.selectedNodes.includes(id))));
  if (readOnly || count === 0 || (count === 1 && !coarse)) return null;
  return (
    <div role="toolbar" aria-label={t('label')} className="absolute bottom-14 left-1/2 z-10 flex -translate-x-1/2 items-center gap-0.5 rounded-md bg-raised p-1 shadow-float animate-enter">
      <span className="px-2 text-xs whitespace-nowrap text-text-muted tabular-nums">{t('count', { count })}</span>
      {count > 1 && (
        <Menu side="top" trigger={<IconButton size="sm" label={t('arrange')} icon={<AlignStartVertical />} />}>
          {ALIGN_EDGES.map((edge) => {
            const Icon = ALIGN_ICONS[edge];
            return (
              <MenuItem key={edge} icon={<Icon aria-hidden />} onSelect={() => align(store, edge)}>
                {t(`align.${edge}`)}
              </MenuItem>
            );
          })}
          <MenuSeparator />
          <MenuItem disabled={count < 3} icon={<AlignHorizontalDistributeCenter aria-hidden />} onSelect={() => distribute(store, 'across')}>
            {t('distribute.across')}
          </MenuItem>
          <MenuItem disabled={count < 3} icon={<AlignVerticalDistributeCenter aria-hidden />} onSelect={() => distribute(store, 'down')}>
            {t('distribute.down')}
          </MenuItem>
        </Menu>
      )}
      {count > 1 && <IconButton size="sm" label={t('tidy')} shortcut="⇧T" icon={<Workflow />} onClick={() => void actions.tidy()} />}
      <IconButton size="sm" label={t('group')} shortcut="Ctrl G" icon={<Group />} onClick={() => actions.group()} />
      {grouped && <IconButton size="sm" label={t('ungroup')} shortcut="Ctrl ⇧G" icon={<Ungroup />} onClick={() => actions.ungroup()} />}
      <IconButton size="sm" label={t('duplicate')} shortcut="Ctrl D" icon={<CopyPlus />} onClick={() => actions.duplicate()} />
      <IconButton size="sm" label={t('copy')} shortcut="Ctrl C" icon={<Copy />} onClick={() => void actions.copy()} />
      <IconButton size="sm" label={t('remove')} shortcut="Del" icon={<Trash2 />} onClick={() => actions.remove()} />
      {coarse && <IconButton size="sm" label={t('clear')} icon={<X />} onClick={() => store.getState().select([])} />}
    </div>
  );
}
