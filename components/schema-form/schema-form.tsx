'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { FlowNode } from '#engine/flow/document.ts';
import type { FormField } from '#engine/flow/field-meta.ts';
import { isRecord, type Json } from '#engine/flow/json.ts';
import { FIELD_VIEWS } from './field-views.tsx';
import { FormSection } from './form-section.tsx';
import { useFormWorld } from './form-world.ts';

type Config = FlowNode['config'];

interface SchemaFormProps {
  fields: readonly FormField[];
  config: Config;
  /** Called with the whole next configuration; `path` names the field, so that typing in it is one gesture. */
  onChange: (config: Config, path: string) => void;
  onDone: () => void;
  /** Dotted name of the group these fields lie in. */
  prefix?: string;
}

/** The form of a node, drawn from its schema: fields in order, those of rare use folded away. */
export function SchemaForm(props: SchemaFormProps) {
  const t = useTranslations('forms');
  const { problems } = useFormWorld();
  const shown = props.fields.filter((field) => isShown(field, props));
  const basic = shown.filter((field) => field.meta.advanced !== true);
  const advanced = shown.filter((field) => field.meta.advanced === true);
  const prefix = props.prefix ?? '';
  const wrong = advanced.some((field) => problems.some((problem) => problem.field?.startsWith(prefix + field.name)));
  return (
    <>
      {basic.map((field) => (
        <FieldView key={field.name} field={field} form={props} />
      ))}
      {advanced.length > 0 && (
        <details open={wrong || undefined} className="group/more">
          <summary className="flex cursor-pointer list-none items-center gap-1 text-xs font-medium text-text-muted hover:text-text">
            <ChevronRight aria-hidden className="size-3.5 transition-transform duration-100 group-open/more:rotate-90" />
            {t('more')}
          </summary>
          <div className="mt-3 flex flex-col gap-4">
            {advanced.map((field) => (
              <FieldView key={field.name} field={field} form={props} />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function FieldView({ field, form }: { field: FormField; form: SchemaFormProps }) {
  const path = (form.prefix ?? '') + field.name;
  const value = form.config[field.name];
  const onChange = (next: Json | undefined) => form.onChange(withField(form.config, field.name, next), path);
  if (field.meta.kind === 'group') {
    const group = (
      <SchemaForm
        fields={field.fields}
        config={isRecord(value) ? value : {}}
        prefix={`${path}.`}
        onDone={form.onDone}
        onChange={(config, inner) => form.onChange(withField(form.config, field.name, config), inner)}
      />
    );
    return field.meta.section === true ? (
      <FormSection field={field} path={path}>
        {group}
      </FormSection>
    ) : (
      group
    );
  }
  const View = FIELD_VIEWS[field.meta.kind];
  return (
    <div className="contents" data-form-field={path}>
      <View field={field} path={path} value={value} siblings={form.config} onChange={onChange} onDone={form.onDone} />
    </div>
  );
}

/** A field that hangs on another one is hidden together with it. */
function isShown(field: FormField, form: Pick<SchemaFormProps, 'fields' | 'config'>): boolean {
  const { when } = field.meta;
  if (when === undefined) return true;
  const value = form.config[when.field];
  if (!((typeof value === 'string' || typeof value === 'boolean') && when.is.includes(value))) return false;
  const decides = form.fields.find(({ name }) => name === when.field);
  return decides === undefined || isShown(decides, form);
}

function withField(config: Config, name: string, value: Json | undefined): Config {
  if (value !== undefined) return { ...config, [name]: value };
  const { [name]: _gone, ...rest } = config;
  return rest;
}
