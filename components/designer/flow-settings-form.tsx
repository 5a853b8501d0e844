'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { FieldGroup } from '#components/schema-form/field-group.tsx';
import { type FormWorld, FormWorldContext, useFormWorld } from '#components/schema-form/form-world.ts';
import { PathInput } from '#components/schema-form/path-input.tsx';
import { useFieldError } from '#components/schema-form/use-field-error.ts';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { type FlowNode, type FlowSettings, PRIORITIES, type Priority } from '#engine/flow/document.ts';
import { findNodeKind } from '#engine/nodes/registry.ts';
import { useDesigner, useDesignerStore } from './use-designer.ts';
import { useSample } from './use-sample.ts';

const NO_NODES: readonly FlowNode[] = [];

/** The flow's own settings, shown while nothing is selected. */
export function FlowSettingsForm() {
  const t = useTranslations('designer.settings');
  const store = useDesignerStore();
  const settings = useDesigner((state) => state.doc.settings);
  const readOnly = useDesigner((state) => state.readOnly);
  const retailerId = useDesigner((state) => state.retailerId);
  const problems = useDesigner((state) => state.problems);
  const triggerId = useDesigner((state) => state.doc.nodes.find((node) => findNodeKind(node.kind)?.group === 'trigger')?.id ?? '');
  const sample = useSample(triggerId)?.data;
  const world = useMemo<FormWorld>(
    () => ({ kind: '', nodeId: '', retailerId, connections: [], flows: undefined, flowId: '', tables: undefined, nodes: NO_NODES, problems: problems.filter(({ field }) => field?.startsWith('settings.')), sample, readOnly }),
    [retailerId, problems, sample, readOnly],
  );
  const change = (part: Partial<FlowSettings>, name: string) =>
    store.getState().apply({ type: 'setSettings', settings: { ...settings, ...part } }, `settings:${name}`);
  const onDone = () => store.getState().endGesture();
  return (
    <FormWorldContext value={world}>
      <div className="flex flex-col gap-4 p-4">
        <div>
          <h2 className="text-sm font-semibold">{t('title')}</h2>
          <p className="mt-0.5 text-xs text-text-muted">{t('help')}</p>
        </div>
        <OrderingKey value={settings.orderingKey} onDone={onDone} onChange={(orderingKey) => change({ orderingKey }, 'orderingKey')} />
        <BusinessKeys value={settings.businessKeys} onDone={onDone} onChange={(businessKeys) => change({ businessKeys }, 'businessKeys')} />
        <FieldGroup label={t('retry')} help={t('retryHelp')}>
          <div className="grid grid-cols-3 items-end gap-2">
            {(['maxAttempts', 'baseSeconds', 'maxSeconds'] as const).map((name) => (
              <NumberSetting
                key={name}
                name={`retry.${name}`}
                label={t(`retryFields.${name}`)}
                value={settings.retry[name]}
                onDone={onDone}
                onChange={(value) => change({ retry: { ...settings.retry, [name]: value } }, `retry.${name}`)}
              />
            ))}
          </div>
        </FieldGroup>
        <PrioritySetting value={settings.priority ?? PRIORITIES[0]} onDone={onDone} onChange={(priority) => change({ priority }, 'priority')} />
        <NumberSetting
          name="concurrency"
          label={t('concurrency')}
          help={t('concurrencyHelp')}
          value={settings.concurrency}
          onDone={onDone}
          onChange={(concurrency) => change({ concurrency }, 'concurrency')}
        />
      </div>
    </FormWorldContext>
  );
}

/** Who goes first when a system takes only so many calls, or all workers are busy. */
function PrioritySetting({ value, onChange, onDone }: { value: Priority; onChange: (value: Priority) => void; onDone: () => void }) {
  const t = useTranslations('designer.settings');
  const { readOnly } = useFormWorld();
  return (
    <Field label={t('priority')} hint={t('priorityHelp')}>
      {(control) => (
        <Select
          {...control}
          disabled={readOnly}
          value={value}
          options={PRIORITIES.map((priority) => ({ value: priority, label: t(`priorities.${priority}`) }))}
          onValueChange={(next) => {
            const chosen = PRIORITIES.find((priority) => priority === next);
            if (chosen !== undefined) onChange(chosen);
            onDone();
          }}
        />
      )}
    </Field>
  );
}

function OrderingKey({ value, onChange, onDone }: { value: string | null; onChange: (value: string | null) => void; onDone: () => void }) {
  const t = useTranslations('designer.settings');
  const error = useFieldError('settings.orderingKey');
  const { readOnly } = useFormWorld();
  return (
    <Field label={t('orderingKey')} hint={t('orderingKeyHelp')} error={error}>
      {(control) => (
        <PathInput {...control} readOnly={readOnly} placeholder="order.id" value={value ?? ''} onBlur={onDone} onValueChange={(next) => onChange(next === '' ? null : next)} />
      )}
    </Field>
  );
}

function BusinessKeys({ value, onChange, onDone }: { value: FlowSettings['businessKeys']; onChange: (value: FlowSettings['businessKeys']) => void; onDone: () => void }) {
  const t = useTranslations('designer.settings');
  const { readOnly, problems } = useFormWorld();
  const wrong = (index: number) => (problems.some(({ field }) => field?.startsWith(`settings.businessKeys.${index}`)) ? true : undefined);
  const set = (index: number, part: Partial<FlowSettings['businessKeys'][number]>) => onChange(value.map((key, at) => (at === index ? { ...key, ...part } : key)));
  return (
    <FieldGroup label={t('businessKeys')} help={t('businessKeysHelp')}>
      {value.map((key, index) => (
        <div key={index} className="flex items-center gap-1">
          <Input
            size="sm"
            className="max-w-2/5"
            aria-label={t('keyLabel', { number: index + 1 })}
            aria-invalid={wrong(index)}
            placeholder={t('keyLabelPlaceholder')}
            readOnly={readOnly}
            value={key.label}
            onBlur={onDone}
            onChange={(event) => set(index, { label: event.target.value })}
          />
          <PathInput
            aria-label={t('keyPath', { number: index + 1 })}
            aria-invalid={wrong(index)}
            placeholder="order.name"
            readOnly={readOnly}
            value={key.path}
            onBlur={onDone}
            onValueChange={(path) => set(index, { path })}
          />
          {!readOnly && <IconButton size="sm" label={t('removeKey', { number: index + 1 })} icon={<Trash2 />} onClick={() => onChange(value.filter((_, at) => at !== index))} />}
        </div>
      ))}
      {!readOnly && (
        <Button size="sm" variant="quiet" className="self-start" onClick={() => onChange([...value, { label: '', path: '' }])}>
          <Plus aria-hidden className="size-3.5" />
          {t('addKey')}
        </Button>
      )}
    </FieldGroup>
  );
}

interface NumberSettingProps {
  name: string;
  label: string;
  help?: string;
  value: number;
  onChange: (value: number) => void;
  onDone: () => void;
}

function NumberSetting({ name, label, help, value, onChange, onDone }: NumberSettingProps) {
  const error = useFieldError(`settings.${name}`);
  const { readOnly } = useFormWorld();
  return (
    <Field label={label} hint={help} error={error}>
      {(control) => (
        <Input
          {...control}
          type="number"
          size="sm"
          className="max-w-32"
          readOnly={readOnly}
          value={Number.isFinite(value) ? value : ''}
          onBlur={onDone}
          onChange={(event) => {
            if (event.target.value !== '') onChange(event.target.valueAsNumber);
          }}
        />
      )}
    </Field>
  );
}
