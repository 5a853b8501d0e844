import type { FormField } from '#engine/flow/field-meta.ts';
import type { Json } from '#engine/flow/json.ts';

/** What each kind of field gets. */
export interface FormFieldProps {
  field: FormField;
  /** Dotted name inside the configuration, as problems name it: `verification.header`. */
  path: string;
  value: Json | undefined;
  /** The fields around it, for choices that depend on another one. */
  siblings: Readonly<Record<string, Json>>;
  /** Undefined takes the field out of the configuration. */
  onChange: (value: Json | undefined) => void;
  /** The person left the field. */
  onDone: () => void;
}
