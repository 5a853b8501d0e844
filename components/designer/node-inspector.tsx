'use client';

import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { NodeIcon } from '#components/canvas/node-icon.tsx';
import { kindOf } from '#components/canvas/kind-info.ts';
import { FormTouch } from '#components/schema-form/form-touch.tsx';
import { readFields } from '#components/schema-form/read-fields.ts';
import { type FormWorld, FormWorldContext } from '#components/schema-form/form-world.ts';
import { SchemaForm } from '#components/schema-form/schema-form.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import type { FlowNode } from '#engine/flow/document.ts';
import { isJson, stringifyJson } from '#engine/flow/json.ts';
import type { Problem } from '#engine/flow/problem.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import { ConnectTo } from './connect-to.tsx';
import { indexOf } from './doc-index.ts';
import { NodePolicySection } from './node-policy.tsx';
import { NodeProblems } from './node-problems.tsx';
import { NodeData } from './samples/node-data.tsx';
import { RunToHereOffer } from './samples/run-to-here-offer.tsx';
import { WhatArrives } from './samples/what-arrives.tsx';
import { SchedulePreview } from './schedule-preview.tsx';
import { removeSelection } from './selection-ops.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';
import { useFormSurroundings } from './use-form-surroundings.ts';
import { useSample } from './use-sample.ts';
import { WebhookAddress } from './webhook-address.tsx';

const NO_PROBLEMS: readonly Problem[] = [];

/** One node: its name, its form, what it is joined to, and what goes in and comes out. */
export function NodeInspector({ nodeId }: { nodeId: string }) {
  const t = useTranslations('designer.inspector');
  const node = useDesigner((state) => indexOf(state.doc).node(nodeId));
  const failed = useDesigner((state) => (state.run?.steps.get(nodeId) ?? state.test?.steps.get(nodeId))?.recordsFailed ?? 0);
  // A new test, or a run that is opened, brings what it did to the front once; the person may then go back to the settings.
  const shown = useDesigner((state) => (state.run === null ? (state.test?.steps.has(nodeId) === true ? state.test.id : undefined) : state.run.id));
  const [tab, setTab] = useState<{ shown: string | undefined; value: string }>({ shown: undefined, value: 'setup' });
  if (node === undefined) return null;
  const setup = <NodeSetup node={node} />;
  const value = shown !== undefined && tab.shown !== shown ? 'data' : tab.value;
  return (
    <div className="flex h-full flex-col">
      <NodeTitle node={node} />
      <RunToHereOffer node={node} />
      {kindOf(node).group === 'annotation' ? (
        <div className="min-h-0 flex-1 overflow-y-auto">{setup}</div>
      ) : (
        <Tabs
          label={node.label}
          className="min-h-0 flex-1"
          contentClassName="overflow-y-auto"
          value={value}
          onValueChange={(next) => setTab({ shown, value: next })}
          items={[
            { value: 'setup', label: t('setup'), content: setup },
            { value: 'data', label: t('data'), badge: failed > 0 ? <Badge tone="failed">{failed}</Badge> : undefined, content: <NodeData node={node} /> },
          ]}
        />
      )}
    </div>
  );
}

function NodeTitle({ node }: { node: FlowNode }) {
  const t = useTranslations();
  const store = useDesignerStore();
  const readOnly = useDesigner((state) => state.readOnly);
  const { icon, group } = kindOf(node);
  return (
    <header className="flex items-start gap-2.5 border-b border-border px-4 py-2.5">
      <NodeIcon icon={icon} group={group} />
      <div className="min-w-0 flex-1">
        <h2 className="truncate text-sm font-semibold">{t(`nodes.${node.kind}.label`)}</h2>
        <p className="line-clamp-3 text-2xs text-text-muted" title={t(`nodes.${node.kind}.description`)}>
          {t(`nodes.${node.kind}.description`)}
        </p>
      </div>
      {!readOnly && (
        <IconButton
          size="sm"
          label={t('designer.inspector.remove')}
          shortcut="Del"
          icon={<Trash2 />}
          onClick={() => {
            const { doc, apply } = store.getState();
            const op = removeSelection(doc, [node.id], []);
            if (op !== null) apply(op);
          }}
        />
      )}
    </header>
  );
}

function NodeSetup({ node }: { node: FlowNode }) {
  const t = useTranslations('designer.inspector');
  const store = useDesignerStore();
  const readOnly = useDesigner((state) => state.readOnly);
  const retailerId = useDesigner((state) => state.retailerId);
  const problems = useDesigner((state) => state.problemsByNode.get(node.id) ?? NO_PROBLEMS);
  const surroundings = useFormSurroundings(retailerId);
  const flowId = useDesigner((state) => state.flowId);
  const nodes = useDesigner((state) => state.doc.nodes);
  const sample = useSample(node.id);
  const kind = findNodeKind(node.kind);
  const world = useMemo<FormWorld>(
    () => ({ ...surroundings, kind: node.kind, nodeId: node.id, retailerId, flowId, nodes, problems, sample: sample?.data, readOnly }),
    [surroundings, node.kind, node.id, retailerId, flowId, nodes, problems, sample?.data, readOnly],
  );
  // As it came from the palette: nobody has filled anything in.
  const [fresh] = useState(() => kind !== undefined && isInitial(node, kind.initial()));
  const endGesture = () => store.getState().endGesture();
  const joinable = kindOf(node).group !== 'annotation';
  return (
    <FormWorldContext value={world}>
      <div className="flex flex-col gap-4 p-4">
        {joinable && (
          <Field label={t('name')}>
            {(control) => (
              <Input
                {...control}
                readOnly={readOnly}
                maxLength={200}
                value={node.label}
                onBlur={endGesture}
                onChange={(event) => store.getState().apply({ type: 'setLabel', nodeId: node.id, label: event.target.value }, `label:${node.id}`)}
              />
            )}
          </Field>
        )}
        <NodeProblems problems={problems} />
        {(node.kind === 'webhook-trigger' || node.kind === 'api-trigger') && <WebhookAddress nodeId={node.id} config={node.config} called={node.kind === 'api-trigger'} />}
        {kind !== undefined && (
          <FormTouch fields={readFields(kind.config)} config={node.config} fresh={fresh}>
            <SchemaForm
              fields={readFields(kind.config)}
              config={node.config}
              onDone={endGesture}
              onChange={(config, path) => store.getState().apply({ type: 'setConfig', nodeId: node.id, config }, `config:${node.id}:${path}`)}
            />
          </FormTouch>
        )}
        {kindOf(node).group === 'trigger' && <WhatArrives node={node} />}
        {node.kind === 'schedule-trigger' && <SchedulePreview config={node.config} />}
        {joinable && mayFail(node) && <NodePolicySection key={node.id} node={node} />}
        {joinable && <ConnectTo node={node} />}
      </div>
    </FormWorldContext>
  );
}

/** A target that came with a pasted call is nobody's filling in either. */
function isInitial({ config: { target: _pasted, ...config } }: FlowNode, initial: unknown): boolean {
  return isJson(initial) && stringifyJson(config) === stringifyJson(initial);
}

/** Kinds without any effect whose records can fail all the same. */
const FALLIBLE: ReadonlySet<string> = new Set(['map', 'code', 'formula', 'split', 'validate']);

/** Steps that cannot fail (a filter, a merge, a trigger that only waits) have nothing to make an exception for. */
function mayFail({ kind }: FlowNode): boolean {
  const found = findNodeKind(kind);
  return found !== undefined && (found.effect !== 'none' || FALLIBLE.has(kind));
}
