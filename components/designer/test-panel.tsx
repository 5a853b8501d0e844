'use client';

import { Play, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CodeEditor } from '#components/schema-form/code-editor.tsx';
import { locateJsonFault } from '#components/schema-form/json-fault.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { findNodeKind } from '#engine/nodes/registry.ts';
import { EventPicker } from './event-picker.tsx';
import { TestOutcome } from './test-outcome.tsx';
import { useDesigner, useDesignerStore } from './use-designer.ts';
import { useTestRun } from './use-test-run.ts';

/** Runs the draft on one event, pasted or past. Writes are held back unless asked for. */
export function TestPanel() {
  const t = useTranslations('designer.test');
  const faults = useTranslations('forms.json');
  const store = useDesignerStore();
  const flowId = useDesigner((state) => state.flowId);
  const doc = useDesigner((state) => state.doc);
  const past = useDesigner((state) => state.pastSample);
  const triggers = doc.nodes.filter((node) => findNodeKind(node.kind)?.group === 'trigger');
  const [chosen, setChosen] = useState<string | null>(null);
  const trigger = triggers.find((node) => node.id === chosen) ?? triggers[0];
  // What was typed counts until another past event is chosen.
  const [draft, setDraft] = useState<{ past: typeof past; text: string } | null>(null);
  const typed = draft !== null && draft.past === past ? draft.text : null;
  const [sendWrites, setSendWrites] = useState(false);
  const run = useTestRun();
  const pinned = trigger?.config['sampleBody'];
  const body = typed ?? past?.bodyText ?? (typeof pinned === 'string' ? pinned : '');
  const fault = body.trim() === '' ? null : locateJsonFault(body);

  if (trigger === undefined) return <p className="p-4 text-sm text-text-muted">{t('noTrigger')}</p>;
  const needsBody = trigger.kind !== 'schedule-trigger';
  const ready = fault === null && (!needsBody || body.trim() !== '');
  return (
    <div className="@container">
      <div className="grid gap-4 p-4 @md:grid-cols-[minmax(0,1fr)_14rem] @2xl:grid-cols-[minmax(0,1fr)_18rem]">
      <Field
        label={t('body')}
        error={fault === null ? undefined : faults(`fault.${fault.code}`, { line: fault.line, column: fault.column })}
        aside={needsBody ? <EventPicker flowId={flowId} nodeId={trigger.id} /> : undefined}
      >
        {(control) => (
          <CodeEditor
            {...control}
            ownUndo
            rows={8}
            placeholder={t('bodyPlaceholder')}
            errorLine={fault?.line}
            value={body}
            onValueChange={(text) => {
              setDraft({ past: null, text });
              if (past !== null) store.setState({ pastSample: null });
            }}
          />
        )}
      </Field>
      <div className="flex min-w-0 flex-col gap-3">
        {triggers.length > 1 && (
          <Field label={t('trigger')}>
            {(control) => (
              <Select {...control} size="sm" value={trigger.id} options={triggers.map((node) => ({ value: node.id, label: node.label }))} onValueChange={setChosen} />
            )}
          </Field>
        )}
        <Switch checked={sendWrites} onCheckedChange={setSendWrites} label={t('sendWrites')} hint={sendWrites ? undefined : t('held')} />
        {sendWrites && (
          <p role="alert" className="flex items-start gap-1.5 rounded-md bg-waiting-tint px-2.5 py-2 text-xs text-waiting">
            <TriangleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
            {t('sendWarning')}
          </p>
        )}
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="primary" busy={run.running} disabled={!ready} onClick={() => run.start({ triggerNodeId: trigger.id, bodyText: body.trim() === '' ? '{}' : body, sendWrites })}>
            {!run.running && <Play aria-hidden className="size-4" />}
            {t(sendWrites ? 'runReal' : 'run')}
          </Button>
          {needsBody && typed !== null && fault === null && typed.trim() !== '' && (
            <Button
              variant="quiet"
              size="sm"
              onClick={() => store.getState().apply({ type: 'setConfig', nodeId: trigger.id, config: { ...trigger.config, sampleBody: typed } })}
            >
              {t('keepSample')}
            </Button>
          )}
        </div>
        <TestOutcome error={run.error} running={run.running} startedAt={run.startedAt} />
      </div>
      </div>
    </div>
  );
}
