'use client';

import { useReactFlow } from '@xyflow/react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import { kindOf } from '#components/canvas/kind-info.ts';
import { noteText } from '#components/canvas/note-text.ts';
import { useCommandDesk, useCommands, usePaletteSource } from '#components/commands/command-context.tsx';
import { useCan } from '#components/shell/session-context.tsx';
import { useEditActions } from './canvas/use-edit-actions.ts';
import { useGoToNode } from './canvas/use-go-to-node.ts';
import { indexOf } from './doc-index.ts';
import { nodeKindList } from './kinds.ts';
import { relatedTo } from './related-to.ts';
import { removeSelection } from './selection-ops.ts';
import { useAddNode } from './use-add-node.ts';
import { useDesignerContext } from './use-designer.ts';
import { focusNode, focusSettings, PALETTE_SEARCH_ID } from './use-shortcuts.ts';

/** What the designer offers to the keys and the palette, on the canvas and in the outline alike. */
export function DesignerCommands() {
  const t = useTranslations();
  const { store, saver } = useDesignerContext();
  const desk = useCommandDesk();
  const canvas = useReactFlow();
  const addNode = useAddNode();
  const mayTest = useCan('test:run');
  const actions = useEditActions();
  const goToNode = useGoToNode();
  const selectedBefore = useSelectedBefore();
  const now = () => store.getState();
  const editable = () => !now().readOnly;
  // With the mapper over it, what is selected is not what a key means.
  const some = () => editable() && !now().mapperOpen && now().selectedNodes.length > 0;
  const any = () => editable() && !now().mapperOpen && now().selectedNodes.length + now().selectedEdges.length > 0;
  const onCanvas = () => now().view === 'canvas';
  // Text that is marked on the page is what Ctrl C means.
  const marked = () => window.getSelection()?.isCollapsed === false;

  function removeSelected(): boolean {
    const { doc, selectedNodes, selectedEdges, apply } = now();
    const op = removeSelection(doc, selectedNodes, selectedEdges);
    if (op === null) return false;
    // The focus would fall to the page with the element that held it: it goes to what came before.
    const focused = document.activeElement?.closest('.react-flow__node, .react-flow__edge') != null;
    const before = doc.edges.find((edge) => selectedNodes.includes(edge.to.node) && !selectedNodes.includes(edge.from.node))?.from.node;
    if (apply(op) && focused) focusNode(before ?? now().doc.nodes[0]?.id);
    return true;
  }

  function openSettings(event?: KeyboardEvent): boolean {
    const { selectedNodes } = now();
    const [only] = selectedNodes;
    if (only === undefined || selectedNodes.length !== 1) return false;
    if (event === undefined) return focusSettings();
    // A card selects itself on Enter; the second Enter leads to its settings.
    const card = document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id');
    return card === only && selectedBefore.current.length === 1 && selectedBefore.current[0] === only && focusSettings();
  }

  /** The mapping that is meant: the one selected; on a card, that card's. With Shift held the canvas takes a selected card out of the selection before its key is heard here. */
  function meantMap(): string | undefined {
    const { doc, selectedNodes } = now();
    const card = document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id');
    const id = card ?? (selectedNodes.length === 1 ? selectedNodes[0] : undefined);
    return id !== undefined && indexOf(doc).node(id)?.kind === 'map' ? id : undefined;
  }

  function openMapper(): boolean {
    const id = meantMap();
    if (id === undefined) return false;
    now().select([id]);
    store.setState({ mapperOpen: true });
    return true;
  }

  function select(ids: readonly string[]): boolean {
    if (ids.length === 0) return false;
    now().select(ids);
    return true;
  }

  useCommands({
    save: () => saver.send({ type: 'saveNow' }),
    undo: { run: () => now().undo(), enabled: editable },
    redo: { run: () => now().redo(), enabled: editable },
    test: { run: () => store.setState({ bottom: 'test' }), enabled: () => mayTest },
    problems: () => store.setState({ bottom: now().bottom === 'problems' ? null : 'problems' }),
    outline: { run: () => store.setState({ view: onCanvas() ? 'outline' : 'canvas' }), enabled: () => !now().mapperOpen },
    flowSettings: () => now().select([]),
    addNode: { run: (event) => event?.key.toLowerCase() !== 'tab' && focusPalette(), enabled: () => editable() && onCanvas() },
    openSettings: { run: openSettings, enabled: () => now().selectedNodes.length === 1 },
    rename: { run: renameNode, enabled: () => some() && now().selectedNodes.length === 1 },
    openMapper: { run: openMapper, enabled: () => meantMap() !== undefined },
    backToNode: { run: backToNode, enabled: () => now().selectedNodes.length === 1 },
    remove: { run: removeSelected, enabled: any },
    duplicate: { run: actions.duplicate, enabled: some },
    copy: { run: () => !marked() && void actions.copy(), enabled: () => now().selectedNodes.length > 0 },
    cut: { run: () => !marked() && void actions.cut(), enabled: some },
    paste: { run: () => void actions.paste(), enabled: editable },
    group: { run: actions.group, enabled: some },
    ungroup: { run: actions.ungroup, enabled: () => some() && (now().doc.groups ?? []).some(({ nodes }) => nodes.some((id) => now().selectedNodes.includes(id))) },
    tidy: { run: () => void actions.tidy(), enabled: () => editable() && now().doc.nodes.length > 1 },
    selectAll: () => now().select(now().doc.nodes.map((node) => node.id)),
    selectNone: { run: () => now().select([]), enabled: () => now().selectedNodes.length + now().selectedEdges.length > 0 },
    selectBefore: { run: () => select(relatedTo(now().doc, now().selectedNodes, 'before')), enabled: () => now().selectedNodes.length > 0 },
    selectAfter: { run: () => select(relatedTo(now().doc, now().selectedNodes, 'after')), enabled: () => now().selectedNodes.length > 0 },
    findNode: () => desk?.run('palette'),
    fit: { run: () => void canvas.fitView({ maxZoom: 1, duration: 0 }), enabled: onCanvas },
    zoomIn: { run: () => void canvas.zoomIn(), enabled: onCanvas },
    zoomOut: { run: () => void canvas.zoomOut(), enabled: onCanvas },
  }, { depth: 0 });

  usePaletteSource({
    id: 'addNode',
    enabled: editable,
    entries: () =>
      nodeKindList().map(({ kind, icon, group: of }) => ({
        id: kind,
        label: t(`nodes.${kind}.label`),
        words: `${t.has(`nodes.${kind}.search`) ? t(`nodes.${kind}.search`) : ''} ${t(`nodes.${kind}.description`)}`,
        hint: t('commands.add'),
        icon: <NodeIcon icon={icon} group={of} size="sm" />,
        run: () => addNode(kind),
      })),
  });
  usePaletteSource({
    id: 'findNode',
    entries: () =>
      now().doc.nodes.map((node) => ({
        id: node.id,
        label: node.kind === 'note' ? noteText(node).slice(0, 80) : node.label,
        words: t(`nodes.${node.kind}.label`),
        hint: t(`nodes.${node.kind}.label`),
        icon: <NodeIcon icon={kindOf(node).icon} group={kindOf(node).group} size="sm" />,
        run: () => showNode(node.id),
      })),
  });

  function showNode(id: string): void {
    if (onCanvas()) return goToNode(id);
    now().select([id]);
    requestAnimationFrame(() => requestAnimationFrame(() => focusNode(id)));
  }

  function backToNode(event?: KeyboardEvent): boolean {
    const field = event?.target instanceof HTMLElement ? event.target : null;
    // An open list closes on Escape first.
    if (field?.ariaExpanded === 'true') return false;
    focusNode(now().selectedNodes[0]);
    return true;
  }
  return null;
}

/** The name stands first among the settings. */
function renameNode(): boolean {
  if (!focusSettings()) return false;
  if (document.activeElement instanceof HTMLInputElement) document.activeElement.select();
  return true;
}

function focusPalette(): boolean {
  const search = document.getElementById(PALETTE_SEARCH_ID);
  search?.focus();
  return search !== null && document.activeElement === search;
}

/** What was selected before the key that is being handled: the canvas selects on Enter before the window hears of it. */
function useSelectedBefore() {
  const { store } = useDesignerContext();
  const before = useRef<readonly string[]>([]);
  useEffect(() => {
    const remember = () => void (before.current = store.getState().selectedNodes);
    window.addEventListener('keydown', remember, true);
    return () => window.removeEventListener('keydown', remember, true);
  }, [store]);
  return before;
}
