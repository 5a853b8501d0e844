import type { FieldEvidence } from '../evidence.ts';
import type { FieldType, SchemaField } from '../schema-doc.ts';

/** A field of either side as suggestions need it: where it is, what a schema says about it, what real records say. */
export interface SuggestField {
  /** From the root: `lines[].sku`; the list itself is `lines`. */
  path: string;
  name: string;
  type: FieldType;
  field: SchemaField | null;
  /** Absent where no records are known. */
  evidence?: FieldEvidence | null;
  /** Only whether there are any counts. */
  children: readonly unknown[];
}
