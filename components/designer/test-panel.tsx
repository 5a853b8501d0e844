'use client';

import { Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CodeEditor } from '#components/schema-form/code-editor.tsx';
import { locateJsonFault } from '#components/schema-form/json-fault.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import type { FlowNode } from '#engine/flow/document.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import { prettyText } from './json-details.tsx';
import { PastRuns } from './samples/past-runs.tsx';
import { SampleBar } from './samples/sample-bar.tsx';
import { useSamples } from './samples/use-samples.ts';
import { typedId } from './samples/use-sources.ts';
import { WriteSwitch } from './samples/write-switch.tsx';
import { TestOutcome } from './test-outcome.tsx';
import { useDesigner, useDesignerStore } from './use-designer.ts';
import { useTestRun } from './use-test-run.ts';

/** Runs the draft on one event: pinned, real, or typed here. Writes are held back unless asked for. */
export function TestPanel() {
  const t = useTranslations('designer.test');
  const nodes = useDesigner((state) => state.doc.nodes);
  const triggers = nodes.filter((node) => findNodeKind(node.kind)?.group === 'trigger');
  const [chosen, setChosen] = useState<string | null>(null);
  const trigger = triggers.find((node) => node.id === chosen) ?? triggers[0];
  if (trigger === undefined) return <p className="p-4 text-sm text-text-muted">{t('noTrigger')}</p>;
  return <TestOf key={trigger.id} trigger={trigger} triggers={triggers} onTrigger={setChosen} />;
}

/** Triggers that make their own event. */
const NEEDS_NO_BODY: ReadonlySet<string> = new Set(['schedule-trigger', 'poll-trigger']);

function TestOf({ trigger, triggers, onTrigger }: { trigger: FlowNode; triggers: readonly FlowNode[]; onTrigger: (id: string) => void }) {
  const t = useTranslations('designer.test');
  const faults = useTranslations('forms.json');
  const store = useDesignerStore();
  const samples = useSamples(trigger.id);
  const sendWrites = useDesigner((state) => state.sendWrites);
  const typed = useDesigner((state) => (state.typedSample?.triggerId === trigger.id ? state.typedSample.bodyText : null));
  const readOnly = useDesigner((state) => state.readOnly);
  const run = useTestRun();
  const { source } = samples;
  const isTyped = source === null || source.id === typedId(trigger.id);
  const body = isTyped ? (typed ?? '') : prettyText(source.bodyText);
  const fault = body.trim() === '' ? null : locateJsonFault(body);
  const needsBody = !NEEDS_NO_BODY.has(trigger.kind);
  const ready = fault === null && (!needsBody || body.trim() !== '');
  return (
    <div className="@container">
      <div className="grid gap-4 p-4 @md:grid-cols-[minmax(0,1fr)_14rem] @2xl:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex min-w-0 flex-col gap-2">
          <SampleBar samples={samples} triggerId={trigger.id} />
          <Field label={t('body')} error={fault === null ? undefined : faults(`fault.${fault.code}`, { line: fault.line, column: fault.column })}>
            {(control) => (
              <CodeEditor
                {...control}
                ownUndo
                rows={8}
                placeholder={t('bodyPlaceholder')}
                errorLine={fault?.line}
                value={body}
                onValueChange={(bodyText) => store.setState({ typedSample: { triggerId: trigger.id, bodyText }, sampleId: typedId(trigger.id) })}
              />
            )}
          </Field>
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          {triggers.length > 1 && (
            <Field label={t('trigger')}>
              {(control) => (
                <Select {...control} size="sm" value={trigger.id} options={triggers.map((node) => ({ value: node.id, label: node.label }))} onValueChange={onTrigger} />
              )}
            </Field>
          )}
          <WriteSwitch />
          <div className="flex flex-wrap items-center gap-2">
            <Button
              variant="primary"
              busy={run.running}
              disabled={!ready}
              onClick={() => run.start({ triggerNodeId: trigger.id, bodyText: body.trim() === '' ? '{}' : (source?.bodyText ?? body), source })}
            >
              {!run.running && <Play aria-hidden className="size-4" />}
              {t(sendWrites ? 'runReal' : 'run')}
            </Button>
            {run.running && (
              <Button variant="quiet" size="sm" onClick={run.leave}>
                {t('leave')}
              </Button>
            )}
            {!readOnly && needsBody && isTyped && fault === null && body.trim() !== '' && (
              <Button
                variant="quiet"
                size="sm"
                onClick={() => {
                  store.getState().apply({ type: 'setConfig', nodeId: trigger.id, config: { ...trigger.config, sampleBody: body } });
                  store.setState({ typedSample: null, sampleId: `pasted:${trigger.id}` });
                }}
              >
                {t('keepSample')}
              </Button>
            )}
          </div>
          <TestOutcome error={run.error} running={run.running} startedAt={run.startedAt} />
          <PastRuns />
        </div>
      </div>
    </div>
  );
}
