import { isRecord, type Json, type JsonObject } from '#engine/flow/json.ts';
import { schemaDocSchema, type SchemaDoc, type SchemaField } from '#engine/schema/schema-doc.ts';

const known = new WeakMap<object, SchemaDoc | null>();

/** The schema in a node's configuration; null: none, or one that cannot be read. */
export function readSchemaDoc(value: Json | undefined): SchemaDoc | null {
  if (!isRecord(value)) return null;
  const seen = known.get(value);
  if (seen !== undefined) return seen;
  const parsed = schemaDocSchema.safeParse(value);
  const schema = parsed.success ? parsed.data : null;
  known.set(value, schema);
  return schema;
}

/** A schema as the JSON it is, for the node's configuration. */
export function schemaJson({ name, origin, fields }: SchemaDoc): JsonObject {
  return { name, origin, fields: fields.map(fieldJson) };
}

function fieldJson({ fields, options, meaning, ...rest }: SchemaField): JsonObject {
  const plain: JsonObject = {};
  for (const [key, value] of Object.entries(rest)) if (value !== undefined) plain[key] = value;
  return {
    ...plain,
    ...(options === undefined ? {} : { options: [...options] }),
    ...(meaning === undefined ? {} : { meaning: { ...meaning } }),
    ...(fields === undefined ? {} : { fields: fields.map(fieldJson) }),
  };
}
