'use client';

import { Handle, type NodeProps, Position } from '@xyflow/react';
import { ChevronDown, ChevronRight, CircleAlert, Ellipsis, Pencil, Trash2, Ungroup } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo, useState } from 'react';
import type { CanvasGroup } from '#components/canvas/to-graph.ts';
import { cn } from '#components/ui/cn.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '#components/ui/menu.tsx';
import { type FlowGroup, GROUP_COLOURS, type GroupColour } from '#engine/flow/document.ts';
import type { DesignerState } from '../store.ts';
import { useDesigner, useDesignerStore } from '../use-designer.ts';
import { nudge } from './actions/arrange.ts';
import { removeSelected } from './actions/clipboard.ts';
import { changeGroup, removeGroup, selectedGroup } from './actions/group.ts';

const STEP = 20;
const ARROWS: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};

/** A group: a frame with a title behind its nodes, or one card while it is folded. Its title selects and moves all of them. */
export const GroupNode = memo(function GroupNode({ data }: NodeProps<CanvasGroup>) {
  const { group, name } = data;
  const t = useTranslations('canvas.group');
  const readOnly = useDesigner((state) => state.readOnly);
  const selected = useDesigner((state) => selectedGroup(state.doc, state.selectedNodes)?.id === group.id);
  const [renaming, setRenaming] = useState(false);
  const label = group.label === '' ? t('unnamed') : group.label;
  return (
    <section
      aria-label={name}
      data-colour={group.colour}
      className={cn('weft-group size-full rounded-lg border', group.folded && 'weft-group-folded rounded-md shadow-raised', selected && 'border-accent ring-1 ring-accent')}
    >
      <div className="weft-group-head pointer-events-auto flex h-10 items-center gap-0.5 px-1.5">
        <FoldButton group={group} label={label} disabled={readOnly} />
        {renaming && !readOnly ? <TitleField group={group} onDone={() => setRenaming(false)} /> : <TitleButton group={group} name={name} label={label} onRename={() => setRenaming(true)} />}
        <ProblemCount nodes={group.nodes} folded={group.folded} />
        {!readOnly && <GroupMenu group={group} label={label} onRename={() => setRenaming(true)} />}
      </div>
      {group.folded && (
        <>
          <p className="weft-detail -mt-2 truncate px-3 text-2xs text-text-muted">{t('nodes', { count: group.nodes.length })}</p>
          <Handle id="in" type="target" position={Position.Left} isConnectable={false} className="weft-port" />
          <Handle id="out" type="source" position={Position.Right} isConnectable={false} className="weft-port" />
        </>
      )}
    </section>
  );
});

function FoldButton({ group, label, disabled }: { group: FlowGroup; label: string; disabled: boolean }) {
  const t = useTranslations('canvas.group');
  const store = useDesignerStore();
  return (
    <IconButton
      size="sm"
      className="nodrag weft-detail"
      disabled={disabled}
      aria-expanded={!group.folded}
      label={group.folded ? t('unfold', { label }) : t('fold', { label })}
      icon={group.folded ? <ChevronRight /> : <ChevronDown />}
      onClick={() => changeGroup(store, group.id, { folded: !group.folded })}
    />
  );
}

function TitleButton({ group, name, label, onRename }: { group: FlowGroup; name: string; label: string; onRename: () => void }) {
  const store = useDesignerStore();
  return (
    <button
      type="button"
      aria-label={name}
      aria-keyshortcuts="F2"
      className="weft-group-title min-w-0 flex-1 cursor-grab truncate rounded-sm px-1 text-left text-sm font-semibold"
      onClick={() => store.getState().select(group.nodes)}
      onDoubleClick={onRename}
      onKeyDown={(event) => {
        const by = ARROWS[event.key];
        if (event.key === 'F2') onRename();
        else if (by !== undefined) {
          store.getState().select(group.nodes);
          nudge(store, by);
        } else if (event.key === 'Delete' || event.key === 'Backspace') {
          store.getState().select(group.nodes);
          removeSelected(store);
        } else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {label}
    </button>
  );
}

function TitleField({ group, onDone }: { group: FlowGroup; onDone: () => void }) {
  const t = useTranslations('canvas.group');
  const store = useDesignerStore();
  return (
    <input
      // The field opens where the person has just asked for it.
      // eslint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      aria-label={t('title')}
      maxLength={200}
      className="nodrag h-7 min-w-0 flex-1 rounded-sm border border-accent bg-raised px-1 text-sm font-semibold outline-none"
      value={group.label}
      onFocus={(event) => event.target.select()}
      onChange={(event) => changeGroup(store, group.id, { label: event.target.value })}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' || event.key === 'Escape') onDone();
      }}
      onBlur={() => {
        store.getState().endGesture();
        onDone();
      }}
    />
  );
}

function GroupMenu({ group, label, onRename }: { group: FlowGroup; label: string; onRename: () => void }) {
  const t = useTranslations('canvas.group');
  const store = useDesignerStore();
  return (
    <Menu align="end" trigger={<IconButton size="sm" className="nodrag weft-detail" label={t('more', { label })} icon={<Ellipsis />} />}>
      <MenuItem icon={<Pencil aria-hidden />} shortcut="F2" onSelect={() => setTimeout(onRename)}>
        {t('rename')}
      </MenuItem>
      <MenuItem icon={<Ungroup aria-hidden />} onSelect={() => removeGroup(store, group.id)}>
        {t('ungroup')}
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>{t('colour')}</MenuLabel>
      <MenuChoice
        value={group.colour}
        onValueChange={(value) => {
          const colour = GROUP_COLOURS.find((known) => known === value);
          if (colour !== undefined) changeGroup(store, group.id, { colour });
        }}
        options={GROUP_COLOURS.map((colour) => ({ value: colour, label: t(`colours.${colour}`), icon: <Swatch colour={colour} /> }))}
      />
      <MenuSeparator />
      <MenuItem
        tone="danger"
        icon={<Trash2 aria-hidden />}
        onSelect={() => {
          store.getState().select(group.nodes);
          removeSelected(store);
        }}
      >
        {t('remove')}
      </MenuItem>
    </Menu>
  );
}

function Swatch({ colour }: { colour: GroupColour }) {
  return <span aria-hidden data-colour={colour} className="weft-group size-4 rounded-sm border" />;
}

/** What is wrong inside a folded group, which hides its nodes' own badges. */
function ProblemCount({ nodes, folded }: { nodes: readonly string[]; folded: boolean }) {
  const t = useTranslations('designer.card');
  const errors = useDesigner((state) => (folded ? countErrors(state, nodes) : 0));
  if (errors === 0) return null;
  const name = t('errors', { count: errors });
  return (
    <span title={name} className="flex h-5 shrink-0 items-center gap-0.5 rounded-sm bg-failed-tint px-1 text-2xs font-semibold text-failed">
      <CircleAlert aria-hidden className="size-3.5" />
      <span aria-hidden>{errors}</span>
      <span className="sr-only">{name}</span>
    </span>
  );
}

function countErrors(state: DesignerState, nodes: readonly string[]): number {
  let count = 0;
  for (const id of nodes) for (const problem of state.problemsByNode.get(id) ?? []) if (problem.severity === 'error') count += 1;
  return count;
}
