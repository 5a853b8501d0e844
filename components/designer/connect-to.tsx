'use client';

import { ArrowLeft, ArrowRight, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { outputsOf } from '#components/canvas/kind-info.ts';
import { useNodeText } from '#components/canvas/use-node-text.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Select } from '#components/ui/select.tsx';
import { type EdgeEnd, type FlowDocument, type FlowEdge, type FlowNode, newId } from '#engine/flow/document.ts';
import { canConnect } from '#engine/flow/edge-rules.ts';
import { inputsOf } from '#components/canvas/kind-info.ts';
import { indexOf } from './doc-index.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';

/** The edges of a node as a list, and new ones by choice: everything the mouse can join, the keyboard can. */
export function ConnectTo({ node }: { node: FlowNode }) {
  const t = useTranslations('designer.inspector');
  const tNodes = useTranslations('nodes');
  const store = useDesignerStore();
  const doc = useDesigner((state) => state.doc);
  const readOnly = useDesigner((state) => state.readOnly);
  const { portLabel } = useNodeText(node);
  const index = indexOf(doc);
  const label = (id: string) => index.node(id)?.label ?? id;
  const outputs = outputsOf(node);
  /** The node, and which of its inputs where it has several. */
  const endLabel = ({ node: id, port }: EdgeEnd): string => {
    const target = index.node(id);
    return target === undefined || inputsOf(target).length < 2 ? label(id) : t('nodeAndPort', { node: label(id), port: tNodes(`${target.kind}.ports.${port}`) });
  };
  return (
    <section aria-label={t('joins')} className="flex flex-col gap-2 border-t border-border pt-3">
      <h3 className="text-xs font-semibold">{t('joins')}</h3>
      {index.incoming(node.id).map((edge) => (
        <JoinRow key={edge.id} edge={edge} icon="in" text={inputsOf(node).length < 2 ? label(edge.from.node) : t('nodeAndPort', { node: label(edge.from.node), port: tNodes(`${node.kind}.ports.${edge.to.port}`) })} />
      ))}
      {outputs.map((port) => {
        const from = { node: node.id, port: port.id };
        const leaving = index.outgoing(node.id).filter((edge) => edge.from.port === port.id);
        const targets = targetsOf(doc, from);
        return (
          <div key={port.id} className="flex flex-col gap-2">
            {outputs.length > 1 && <p className="text-2xs text-text-muted">{portLabel(port, 'out')}</p>}
            {leaving.map((edge) => (
              <JoinRow key={edge.id} edge={edge} icon="out" text={endLabel(edge.to)} />
            ))}
            {!readOnly && targets.length > 0 && (
              <Select
                size="sm"
                aria-label={outputs.length > 1 ? t('connectPortTo', { port: portLabel(port, 'out') }) : t('connectTo')}
                placeholder={t('connectTo')}
                value={undefined}
                options={targets.map((end) => ({ value: `${end.node} ${end.port}`, label: endLabel(end) }))}
                onValueChange={(chosen) => {
                  const to = targets.find((end) => `${end.node} ${end.port}` === chosen);
                  if (to !== undefined) store.getState().apply({ type: 'addEdge', edge: { id: newId('edge'), from, to } });
                }}
              />
            )}
          </div>
        );
      })}
    </section>
  );
}

function JoinRow({ edge, icon, text }: { edge: FlowEdge; icon: 'in' | 'out'; text: string }) {
  const t = useTranslations('designer.inspector');
  const store = useDesignerStore();
  const readOnly = useDesigner((state) => state.readOnly);
  const other = icon === 'in' ? edge.from.node : edge.to.node;
  return (
    <div className="flex h-7 items-center gap-1.5 rounded-md bg-surface-2 pl-2 text-xs">
      {icon === 'in' ? <ArrowLeft aria-hidden className="size-3.5 text-text-muted" /> : <ArrowRight aria-hidden className="size-3.5 text-text-muted" />}
      <span className="sr-only">{icon === 'in' ? t('from') : t('to')}</span>
      <button type="button" className="min-w-0 flex-1 truncate text-left hover:underline" onClick={() => store.getState().select([other])}>
        {text}
      </button>
      {!readOnly && (
        <IconButton size="sm" label={t('disconnect', { node: text })} icon={<X />} onClick={() => store.getState().apply({ type: 'removeEdge', edgeId: edge.id })} />
      )}
    </div>
  );
}

/** Every input of other nodes that an edge from here may end at. */
function targetsOf(doc: FlowDocument, from: EdgeEnd): EdgeEnd[] {
  return doc.nodes.flatMap((node) => inputsOf(node).map((input) => ({ node: node.id, port: input.id }))).filter((to) => canConnect(doc, from, to).ok);
}
