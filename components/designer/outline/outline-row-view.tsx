import { Ellipsis } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo, type CSSProperties, type KeyboardEvent, useState } from 'react';
import { COMMANDS, type CommandId } from '#components/commands/registry.ts';
import { keyCaps } from '#components/commands/keys.ts';
import { useCommandDesk } from '#components/commands/command-context.tsx';
import { useMac } from '#components/commands/key-hint.tsx';
import { Menu, MenuItem, MenuSeparator } from '#components/ui/menu.tsx';
import { cn } from '#components/ui/cn.ts';
import type { FlowNode } from '#engine/flow/document.ts';
import { NodePresence } from '../presence/node-presence.tsx';
import { useNodePresenceText } from '../presence/use-presence.ts';
import { useDesignerStore } from '../use-designer.ts';
import type { OutlineRow } from './outline-rows.ts';
import { OutlineLine } from './outline-line.tsx';
import { useLineName } from './use-line-name.ts';

interface OutlineRowViewProps {
  row: OutlineRow;
  index: number;
  focused: boolean;
  selected: boolean;
  renaming: boolean;
  menuOpen: boolean;
  readOnly: boolean;
  style: CSSProperties;
  onGo(index: number, extend: boolean): void;
  onKey(event: KeyboardEvent): void;
  onFold(key: string, folded: boolean): void;
  onMenu(key: string | null): void;
  onRenamed(): void;
}

/** Indentation stops growing where the name would have no room left; the level is still said. */
const DEEPEST = 14;

/** One line of the tree with its menu. */
export const OutlineRowView = memo(function OutlineRowView(props: OutlineRowViewProps) {
  const { row, index, focused, selected, readOnly, renaming } = props;
  const { item } = row;
  const name = useLineName(item, useNodePresenceText(item.type === 'node' ? item.node.id : null));
  return (
    <div
      data-index={index}
      data-key={item.key}
      data-outline-node={item.type === 'node' ? item.node.id : undefined}
      role="treeitem"
      aria-label={name}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.size}
      aria-expanded={row.expanded}
      aria-selected={selected}
      tabIndex={focused ? 0 : -1}
      className={cn(
        'group absolute inset-x-0 top-0 flex h-9 cursor-default items-center gap-2 border-b border-border pr-2 text-sm outline-offset-[-2px] pointer-coarse:h-11',
        selected ? 'bg-accent-tint' : 'hover:bg-surface-2',
        item.type !== 'node' && 'bg-surface-2/60',
      )}
      style={{ ...props.style, paddingLeft: `${8 + Math.min(row.level - 1, DEEPEST) * 20}px` }}
      onClick={(event) => props.onGo(index, event.shiftKey)}
      onKeyDown={props.onKey}
      onContextMenu={(event) => {
        if (readOnly) return;
        event.preventDefault();
        props.onGo(index, false);
        props.onMenu(item.key);
      }}
    >
      <OutlineLine
        item={item}
        expanded={row.expanded}
        renaming={renaming && item.type === 'node' ? <RenameField node={item.node} onDone={props.onRenamed} /> : null}
        onToggle={() => row.expanded !== undefined && props.onFold(item.key, row.expanded)}
      />
      {item.type === 'node' && <NodePresence nodeId={item.node.id} />}
      {!readOnly && <RowMenu item={item} open={props.menuOpen} onOpen={(open) => props.onMenu(open ? item.key : null)} onGo={() => props.onGo(index, false)} />}
    </div>
  );
});

const NODE_COMMANDS: readonly (CommandId | null)[] = [
  'openSettings', 'openMapper', 'rename', null, 'outlineAddAfter', 'outlineInsertBefore', 'connect', 'outlineDisconnect', null,
  'outlineMoveUp', 'outlineMoveDown', 'outlineMoveAfter', 'duplicate', 'group', 'ungroup', null, 'remove',
];
const EDGE_COMMANDS: readonly (CommandId | null)[] = ['outlineAddAfter', 'outlineInsertBefore', 'connect', 'outlineDisconnect'];

interface RowMenuProps {
  item: OutlineRow['item'];
  open: boolean;
  onOpen(open: boolean): void;
  onGo(): void;
}

/** Everything that can be done with a line, each with its key. */
function RowMenu({ item, open, onOpen, onGo }: RowMenuProps) {
  const t = useTranslations('commands');
  const o = useTranslations('outline');
  const desk = useCommandDesk();
  const mac = useMac();
  const commands = item.type === 'node' ? NODE_COMMANDS : EDGE_COMMANDS;
  const offered = open ? commands.filter((id) => id === null || desk?.find(id) !== null) : [];
  return (
    <Menu
      align="end"
      open={open}
      onOpenChange={(next) => {
        if (next) onGo();
        onOpen(next);
      }}
      returnFocus={false}
      trigger={
        // The menu key opens it as well: one more stop for every line would only be in the way.
        <button
          type="button"
          tabIndex={-1}
          aria-label={o('menu')}
          onClick={(event) => event.stopPropagation()}
          className="flex size-7 shrink-0 items-center justify-center rounded-md text-text-muted opacity-0 group-hover:opacity-100 group-focus:opacity-100 hover:bg-surface-3 hover:text-text data-[state=open]:opacity-100 pointer-coarse:opacity-100"
        >
          <Ellipsis aria-hidden className="size-4" />
        </button>
      }
    >
      {offered.map((id, at) => {
        if (id === null) return at > 0 && at < offered.length - 1 && offered[at - 1] !== null ? <MenuSeparator key={`line ${commands.indexOf(null, at)} ${String(offered[at + 1])}`} /> : null;
        const [key] = COMMANDS[id].keys;
        return (
          <MenuItem key={id} tone={id === 'remove' ? 'danger' : 'plain'} shortcut={key === undefined ? undefined : keyCaps(key, mac).join(' ')} onSelect={() => requestAnimationFrame(() => requestAnimationFrame(() => desk?.run(id)))}>
            {t(`names.${id}`)}
          </MenuItem>
        );
      })}
    </Menu>
  );
}

function RenameField({ node, onDone }: { node: FlowNode; onDone: () => void }) {
  const t = useTranslations('outline');
  const store = useDesignerStore();
  const [text, setText] = useState(node.label);
  const done = (save: boolean): void => {
    if (save && text.trim() !== '' && text !== node.label) store.getState().apply({ type: 'setLabel', nodeId: node.id, label: text.trim() });
    onDone();
  };
  return (
    <input
      autoFocus
      aria-label={t('renameLabel')}
      maxLength={200}
      value={text}
      data-own-undo
      className="h-7 min-w-0 flex-1 rounded-md border border-border-strong bg-surface px-2 text-sm font-medium"
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => done(true)}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') done(true);
        if (event.key === 'Escape') done(false);
      }}
    />
  );
}
