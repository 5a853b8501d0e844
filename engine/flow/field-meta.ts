import type { z } from 'zod';

/**
 * How a configuration field is shown. The metadata rides on the node kind's zod schema (`.meta({ field: … })`, always
 * last in the chain), and the inspector's form is generated from it. Message keys are derived, never written here:
 * `nodes.<kind>.fields.<name>.label` (and `.help` when `help` is set); options `nodes.<kind>.fields.<name>.options.<value>`.
 */
export type FieldKind =
  | 'text'
  | 'textarea'
  | 'number'
  | 'select'
  | 'toggle'
  | 'connection'
  | 'code'
  | 'mapping'
  | 'rules'
  | 'cases'
  | 'keyValues'
  | 'path'
  | 'cron'
  | 'timeZone'
  | 'json'
  | 'secretHint'
  /** A length of time, stored as a number of `unit`, entered in the unit that reads best. */
  | 'duration'
  /** Several fields of the record. */
  | 'paths'
  /** Another flow of the retailer, by id. */
  | 'flow'
  /** A lookup table of the retailer, by name. */
  | 'lookupTable'
  /** A column of the lookup table that the sibling field `table` names. */
  | 'lookupColumn'
  /** The name of a topic that flows listen to. */
  | 'topic'
  /** A node of this flow that calls a system, by id. */
  | 'callNode'
  /** Times at which a schedule stays silent. */
  | 'blackouts'
  /** A JSON Schema as text. */
  | 'jsonSchema'
  /** A JSONata expression. */
  | 'formula'
  /** An object whose own fields are shown as a section. */
  | 'group';

export interface FieldMeta {
  kind: FieldKind;
  /** A help text exists below `nodes.<kind>.fields.<name>.help`. */
  help?: boolean;
  /** Address of the vendor's document or the standard that the field comes from, shown behind the help text. */
  source?: string;
  /** The same by the value that is chosen. */
  sourceOf?: Readonly<Record<string, string>>;
  /** Accepts `{{path}}` placeholders. */
  template?: boolean;
  /** A group with a heading of its own: `nodes.<kind>.fields.<name>.label` (and `.help`). */
  section?: boolean;
  /** Shown only while the sibling field is shown and has one of these values. */
  when?: { field: string; is: readonly (string | boolean)[] };
  /** Bounds and unit of a number; the unit's text is `forms.units.<unit>`. */
  min?: number;
  max?: number;
  unit?: 'seconds' | 'minutes' | 'hours' | 'milliseconds' | 'records' | 'pages';
  /** Placeholder text that is the same in every language (a path, a URL). */
  placeholder?: string;
  /** Folded away under "More". */
  advanced?: boolean;
}

declare module 'zod' {
  interface GlobalMeta {
    field?: FieldMeta;
  }
}

/** One field of a form, ready to be drawn. */
export interface FormField {
  name: string;
  meta: FieldMeta;
  /** Values of a select, in order. */
  options: readonly string[];
  /** The fields of a `group`. */
  fields: FormField[];
  schema: z.ZodType;
}
