import { z } from 'zod';
import { meaningSchema, type Meaning } from '../retail/meaning.ts';

export const FIELD_TYPES = ['text', 'number', 'boolean', 'object', 'list', 'any'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** What kind of data a field holds, for masking, checks and badges. */
export const FIELD_CLASSES = ['id', 'pii', 'money', 'points', 'quantity', 'stock', 'time'] as const;
export type FieldClass = (typeof FIELD_CLASSES)[number];

export const SCHEMA_ORIGINS = ['json', 'csv', 'xml', 'json-schema', 'openapi', 'connector', 'retail'] as const;
export type SchemaOrigin = (typeof SCHEMA_ORIGINS)[number];

/** One field of a schema: a leaf, an object with `fields`, or a list of records (`fields`) or of plain values (`item`). */
export interface SchemaField {
  name: string;
  type: FieldType;
  title?: string;
  description?: string;
  /** Key of the words of a built-in schema: `retail.fields.<text>.title` and, where there is one, `.description`. */
  text?: string;
  required?: boolean;
  class?: FieldClass;
  /** The system of record, such as `erp`. */
  owner?: string;
  meaning?: Meaning;
  /** The meaning was guessed from the name: what contradicts it is a warning, not an error. */
  meaningGuessed?: boolean;
  options?: string[];
  /** Such as `date-time`, `email`, `uri`. */
  format?: string;
  fields?: SchemaField[];
  item?: FieldType;
}

export interface SchemaDoc {
  name: string;
  origin: SchemaOrigin;
  fields: SchemaField[];
}

export const MAX_SCHEMA_FIELDS = 3_000;
export const MAX_SCHEMA_DEPTH = 20;

const fieldSchema: z.ZodType<SchemaField> = z.lazy(() =>
  z.strictObject({
    name: z.string().min(1).max(200),
    type: z.enum(FIELD_TYPES),
    title: z.string().max(300).optional(),
    description: z.string().max(1_000).optional(),
    text: z.string().max(100).optional(),
    required: z.boolean().optional(),
    class: z.enum(FIELD_CLASSES).optional(),
    owner: z.string().max(100).optional(),
    meaning: meaningSchema.optional(),
    meaningGuessed: z.boolean().optional(),
    options: z.array(z.string().max(200)).max(200).optional(),
    format: z.string().max(50).optional(),
    fields: z.array(fieldSchema).max(MAX_SCHEMA_FIELDS).optional(),
    item: z.enum(FIELD_TYPES).optional(),
  }),
);

/** A schema as it is stored in a node's configuration: at most 3,000 fields, 20 levels deep. */
export const schemaDocSchema: z.ZodType<SchemaDoc> = z
  .strictObject({
    name: z.string().max(200),
    origin: z.enum(SCHEMA_ORIGINS),
    fields: z.array(fieldSchema).max(MAX_SCHEMA_FIELDS),
  })
  .refine(({ fields }) => withinSchemaLimits(fields), { error: 'schema_too_large' });

export function withinSchemaLimits(fields: readonly SchemaField[]): boolean {
  let count = 0;
  const walk = (level: readonly SchemaField[], depth: number): boolean => {
    count += level.length;
    if (count > MAX_SCHEMA_FIELDS || depth > MAX_SCHEMA_DEPTH) return false;
    return level.every(({ fields: inner }) => inner === undefined || walk(inner, depth + 1));
  };
  return walk(fields, 1);
}
