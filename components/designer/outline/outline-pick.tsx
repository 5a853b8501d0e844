'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { kindOf, outputsOf, inputsOf } from '#components/canvas/kind-info.ts';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import { usePhrases } from '#components/canvas/use-phrases.ts';
import type { PaletteEntry } from '#components/commands/desk.ts';
import { PickDialog } from '#components/commands/pick-dialog.tsx';
import { rankEntries } from '#components/commands/rank-entries.ts';
import { Segments } from '#components/ui/segments.tsx';
import { type EdgeEnd, type FlowNode, newId } from '#engine/flow/document.ts';
import { canConnect } from '#engine/flow/edge-rules.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import { planAddNode } from '../add-node.ts';
import { indexOf } from '../doc-index.ts';
import { nodeKindList } from '../kinds.ts';
import { newNode } from '../new-node.ts';
import { useDesigner } from '../use-designer.ts';
import { type AfterPlace, planAfter, planBefore, planMoveAfter } from './outline-ops.ts';

/** What is being asked for a line. */
export type OutlineWish =
  | { type: 'add'; after: AfterPlace | null }
  | { type: 'insert'; before: { nodeId: string; edgeId?: string } }
  | { type: 'connect'; nodeId: string; port?: string }
  | { type: 'disconnect'; nodeId: string }
  | { type: 'moveAfter'; nodeId: string };

export interface Pick {
  op: FlowOp;
  /** The node to go to afterwards. */
  nodeId: string;
}

interface OutlinePickProps {
  wish: OutlineWish;
  onPick(pick: Pick): void;
  onClose(): void;
}

/** Asks which kind, node or edge is meant; only what fits is offered. */
export function OutlinePick({ wish, onPick, onClose }: OutlinePickProps) {
  const t = useTranslations('outline.pick');
  const phrases = usePhrases();
  const doc = useDesigner((state) => state.doc);
  const [search, setSearch] = useState('');
  const about = indexOf(doc).node(wish.type === 'add' ? (wish.after?.nodeId ?? '') : wish.type === 'insert' ? wish.before.nodeId : wish.nodeId);
  const outputs = about === undefined || (wish.type !== 'add' && wish.type !== 'connect') ? [] : outputsOf(about);
  const given = wish.type === 'add' ? wish.after?.port : wish.type === 'connect' ? wish.port : undefined;
  const [port, setPort] = useState(given ?? outputs[0]?.id);
  const many = outputs.length > 1;
  const plans = usePlans({ wish, port: many || given !== undefined ? port : undefined });
  const name = about === undefined ? '' : phrases.name(about);
  const title = wish.type === 'add' && about === undefined ? t('first') : t(wish.type, { node: name });
  return (
    <PickDialog
      title={title}
      placeholder={t(wish.type === 'add' || wish.type === 'insert' ? 'kindPlaceholder' : 'nodePlaceholder')}
      search={search}
      onSearch={setSearch}
      groups={[{ id: 'hits', hits: rankEntries(plans.map(({ entry }) => entry), search, 60) }]}
      empty={t('nothing')}
      head={
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 pt-3">
          <p className="min-w-0 flex-1 truncate text-sm font-medium">{title}</p>
          {many && about !== undefined && <Segments label={t('port')} value={port ?? ''} onChange={setPort} options={outputs.map(({ id }) => ({ value: id, label: phrases.port(about, id, 'out') }))} />}
        </div>
      }
      onPick={(entry) => {
        const plan = plans.find((one) => one.entry.id === entry.id);
        onClose();
        if (plan !== undefined) onPick(plan.pick);
      }}
      onClose={onClose}
    />
  );
}

interface Plan {
  entry: PaletteEntry;
  pick: Pick;
}

/** What may be chosen, each with the operation it leads to. */
function usePlans({ wish, port }: { wish: OutlineWish; port: string | undefined }): Plan[] {
  const nodes = useTranslations('nodes');
  const phrases = usePhrases();
  const doc = useDesigner((state) => state.doc);
  const index = indexOf(doc);
  const entry = (id: string, label: string, of: { node?: FlowNode; kind?: { icon: string; group: ReturnType<typeof kindOf>['group'] }; hint?: string; words?: string }): PaletteEntry => {
    const look = of.node === undefined ? of.kind : kindOf(of.node);
    return { id, label, hint: of.hint, words: of.words, icon: look === undefined ? undefined : <NodeIcon icon={look.icon} group={look.group} size="sm" />, run: () => undefined };
  };
  const kinds = (plan: (node: FlowNode) => FlowOp | null): Plan[] =>
    nodeKindList().flatMap(({ kind, icon, group }) => {
      const node = newNode(doc, kind, nodes(`${kind}.label`));
      const op = node === undefined ? null : plan(node);
      if (node === undefined || op === null) return [];
      const words = nodes.has(`${kind}.search`) ? nodes(`${kind}.search`) : '';
      return [{ entry: entry(kind, nodes(`${kind}.label`), { kind: { icon, group }, hint: nodes(`${kind}.description`), words }), pick: { op, nodeId: node.id } }];
    });
  switch (wish.type) {
    case 'add': {
      const { after } = wish;
      if (after !== null) return kinds((node) => planAfter(doc, port === undefined ? after : { ...after, port, edgeId: port === after.port ? after.edgeId : undefined }, node));
      return kinds((node) => planAddNode(doc, { node }).op);
    }
    case 'insert':
      return kinds((node) => planBefore(doc, wish.before, node));
    case 'connect': {
      const from: EdgeEnd = { node: wish.nodeId, port: port ?? outputsOf(index.node(wish.nodeId) ?? NOWHERE)[0]?.id ?? '' };
      return doc.nodes.flatMap((node) =>
        inputsOf(node).flatMap((input): Plan[] => {
          const to = { node: node.id, port: input.id };
          if (!canConnect(doc, from, to).ok) return [];
          const op: FlowOp = { type: 'addEdge', edge: { id: newId('edge'), from, to } };
          return [{ entry: entry(`${node.id} ${input.id}`, phrases.end(node, input.id, 'in'), { node, hint: phrases.kind(node) }), pick: { op, nodeId: wish.nodeId } }];
        }),
      );
    }
    case 'disconnect':
      return [...index.incoming(wish.nodeId), ...index.outgoing(wish.nodeId)].map((edge) => ({
        entry: entry(edge.id, phrases.edge(edge, index.node), { node: index.node(edge.from.node === wish.nodeId ? edge.to.node : edge.from.node) }),
        pick: { op: { type: 'removeEdge', edgeId: edge.id }, nodeId: wish.nodeId },
      }));
    case 'moveAfter':
      return doc.nodes.flatMap((node) =>
        outputsOf(node).flatMap((output): Plan[] => {
          const op = node.id === wish.nodeId ? null : planMoveAfter(doc, wish.nodeId, { nodeId: node.id, port: output.id });
          return op === null ? [] : [{ entry: entry(`${node.id} ${output.id}`, phrases.end(node, output.id, 'out'), { node, hint: phrases.kind(node) }), pick: { op, nodeId: wish.nodeId } }];
        }),
      );
  }
}

const NOWHERE: FlowNode = { id: '', kind: '', kindVersion: 1, label: '', position: { x: 0, y: 0 }, config: {} };
