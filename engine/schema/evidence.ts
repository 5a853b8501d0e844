import type { FieldType } from './schema-doc.ts';

/** What real records say about one field. */
export interface FieldEvidence {
  /** `line_items[].price`. */
  path: string;
  type: FieldType;
  /** How many records could have held it: of `line_items[].price`, the items. */
  records: number;
  /** In how many of them it held something: not null, not ''. */
  filled: number;
  /** Different values; counted up to 1,000. */
  distinct: number;
  /** Up to 5 different ones, in the order they came, at most 80 characters each. */
  examples: string[];
}
