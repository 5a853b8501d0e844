import { useTranslations } from 'next-intl';
import { usePhrases } from '#components/canvas/use-phrases.ts';
import { useCommands } from '#components/commands/command-context.tsx';
import { newId } from '#engine/flow/document.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import { duplicate } from '../canvas/actions/clipboard.ts';
import { indexOf } from '../doc-index.ts';
import { focusSettings } from '../use-shortcuts.ts';
import { useDesignerStore } from '../use-designer.ts';
import type { OutlineItem } from './outline-tree.ts';
import { planAfter, planRemove, planSwap } from './outline-ops.ts';
import type { OutlineWish } from './outline-pick.tsx';
import type { OutlineState } from './use-outline.ts';

interface OutlineHands {
  outline: OutlineState;
  ask(wish: OutlineWish): void;
  rename(key: string): void;
  /** Brings the keyboard back to the line it is at. */
  focus(): void;
  say(text: string): void;
}

/** What the outline offers for the line at the keyboard. The selection follows that line, so commands over a selection work as on the canvas. */
export function useOutlineCommands({ outline, ask, rename, focus, say }: OutlineHands): void {
  const t = useTranslations('outline.said');
  const store = useDesignerStore();
  const phrases = usePhrases();
  const now = () => store.getState();
  const item = (): OutlineItem | undefined => outline.rows[outline.at]?.item;
  const editable = () => !now().readOnly;
  const onNode = () => editable() && item()?.type === 'node';
  const onStep = () => onNode() && item()?.node.kind !== 'note';
  const onLine = () => editable() && item() !== undefined;
  const name = () => phrases.name(item()?.node ?? NOTHING);

  function perform(op: FlowOp | null, said: string): boolean {
    const done = op !== null && now().apply(op);
    if (done) say(said);
    return done;
  }

  function add(): void {
    const line = item();
    if (line === undefined || (line.type === 'node' && line.node.kind === 'note')) ask({ type: 'add', after: null });
    else if (line.type === 'node') ask({ type: 'add', after: { nodeId: line.node.id } });
    else if (line.type === 'way') ask({ type: 'add', after: { nodeId: line.node.id, port: line.port, edgeId: line.edge?.id } });
    else ask({ type: 'add', after: { nodeId: line.edge.from.node, port: line.edge.from.port, edgeId: line.edge.id } });
  }

  function insert(): void {
    const line = item();
    if (line === undefined) return;
    const edge = line.type === 'way' ? line.edge : line.type === 'reference' ? line.edge : line.via;
    // Before a branch is before what it begins with.
    if (line.type === 'way' && edge === null) return add();
    ask({ type: 'insert', before: { nodeId: edge?.to.node ?? line.node.id, edgeId: edge?.id } });
  }

  function disconnect(): void {
    const line = item();
    if (line === undefined) return;
    const edge = line.type === 'node' ? null : line.edge;
    if (edge !== null) perform({ type: 'removeEdge', edgeId: edge.id }, t('disconnected'));
    else if (indexOf(now().doc).incoming(line.node.id).length + indexOf(now().doc).outgoing(line.node.id).length === 0) say(t('nothingToDisconnect', { name: name() }));
    else ask({ type: 'disconnect', nodeId: line.node.id });
  }

  function swap(direction: 'up' | 'down'): void {
    const line = item();
    if (line === undefined) return;
    const op = planSwap(now().doc, line.node.id, direction);
    if (!perform(op, t('moved', { name: name() }))) say(t('cannotMove', { name: name() }));
  }

  function remove(): boolean {
    const line = item();
    const { doc, selectedNodes } = now();
    if (line !== undefined && line.type !== 'node' && selectedNodes.length < 2) {
      if (line.edge === null) return false;
      return perform({ type: 'removeEdge', edgeId: line.edge.id }, t('disconnected'));
    }
    if (selectedNodes.length === 0) return false;
    const done = perform(planRemove(doc, selectedNodes), t('removed', { count: selectedNodes.length }));
    if (done) focus();
    return done;
  }

  function another(): boolean {
    const line = item();
    const { doc, selectedNodes, apply, select } = now();
    if (line?.type !== 'node' || selectedNodes.length !== 1) return duplicate(store);
    const copy = { ...line.node, id: newId('node'), config: structuredClone(line.node.config) };
    const op = planAfter(doc, { nodeId: line.node.id }, copy);
    if (op === null || !apply(op)) return duplicate(store);
    select([copy.id]);
    say(t('added', { name: name() }));
    return true;
  }

  useCommands(
    {
      outlineAddAfter: { run: add, enabled: editable },
      outlineInsertBefore: { run: insert, enabled: onLine },
      connect: {
        run: () => {
          const line = item();
          if (line !== undefined) ask({ type: 'connect', nodeId: line.type === 'reference' ? line.edge.from.node : line.node.id, port: line.type === 'way' ? line.port : undefined });
        },
        enabled: () => onLine() && item()?.node.kind !== 'note',
      },
      outlineDisconnect: { run: disconnect, enabled: () => onLine() && item()?.node.kind !== 'note' },
      outlineMoveUp: { run: () => swap('up'), enabled: onStep },
      outlineMoveDown: { run: () => swap('down'), enabled: onStep },
      outlineMoveAfter: { run: () => ask({ type: 'moveAfter', nodeId: item()?.node.id ?? '' }), enabled: onStep },
      rename: {
        run: () => {
          const line = item();
          if (line !== undefined) rename(line.key);
        },
        enabled: onStep,
      },
      openSettings: {
        run: () => {
          const line = item();
          if (line?.type === 'reference') outline.goToNode(line.node.id);
          else return focusSettings();
          return true;
        },
        enabled: () => item() !== undefined,
      },
      remove: { run: remove, enabled: onLine },
      duplicate: { run: another, enabled: onNode },
    },
    { depth: 2 },
  );
}

const NOTHING = { id: '', kind: '', kindVersion: 1, label: '', position: { x: 0, y: 0 }, config: {} };
