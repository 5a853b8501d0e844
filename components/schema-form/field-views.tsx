import type { ComponentType } from 'react';
import type { FieldKind } from '#engine/flow/field-meta.ts';
import { MappingField } from '#components/mapper/mapping-field.tsx';
import type { FormFieldProps } from './field-props.ts';
import { BlackoutsField } from './fields/blackouts-field.tsx';
import { CallNodeField } from './fields/call-node-field.tsx';
import { CasesField } from './fields/cases-field.tsx';
import { SelectField, ToggleField } from './fields/choice-fields.tsx';
import { CodeField, JsonField } from './fields/code-field.tsx';
import { ConnectionField } from './fields/connection-field.tsx';
import { DurationField } from './fields/duration-field.tsx';
import { FlowField } from './fields/flow-field.tsx';
import { JsonSchemaField } from './fields/json-schema-field.tsx';
import { KeyValuesField } from './fields/key-values-field.tsx';
import { LookupColumnField } from './fields/lookup-column-field.tsx';
import { LookupTableField } from './fields/lookup-table-field.tsx';
import { NumberField } from './fields/number-field.tsx';
import { PathField } from './fields/path-field.tsx';
import { PathsField } from './fields/paths-field.tsx';
import { RulesField } from './fields/rules-field.tsx';
import { CronField, TimeZoneField } from './fields/schedule-fields.tsx';
import { TextField } from './fields/text-field.tsx';
import { TopicField } from './fields/topic-field.tsx';

/** How each kind of field is drawn. A new kind of field is one line here; `group` is drawn by the form itself. */
export const FIELD_VIEWS: Record<Exclude<FieldKind, 'group'>, ComponentType<FormFieldProps>> = {
  text: TextField,
  textarea: TextField,
  number: NumberField,
  select: SelectField,
  toggle: ToggleField,
  connection: ConnectionField,
  code: CodeField,
  mapping: MappingField,
  rules: RulesField,
  cases: CasesField,
  keyValues: KeyValuesField,
  path: PathField,
  cron: CronField,
  timeZone: TimeZoneField,
  json: JsonField,
  secretHint: TextField,
  duration: DurationField,
  paths: PathsField,
  flow: FlowField,
  lookupTable: LookupTableField,
  lookupColumn: LookupColumnField,
  topic: TopicField,
  callNode: CallNodeField,
  blackouts: BlackoutsField,
  jsonSchema: JsonSchemaField,
  formula: CodeField,
};
