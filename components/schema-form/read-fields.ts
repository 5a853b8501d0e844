import { z } from 'zod';
import type { FormField } from '#engine/flow/field-meta.ts';

const cache = new WeakMap<z.ZodType, FormField[]>();

/** The form of a configuration schema: one entry per property that carries `.meta({ field })`, in the schema's order. */
export function readFields(schema: z.ZodType): FormField[] {
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const fields = shapeOf(schema);
  cache.set(schema, fields);
  return fields;
}

function shapeOf(schema: z.ZodType): FormField[] {
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodObject)) return [];
  const fields: FormField[] = [];
  for (const [name, property] of Object.entries(inner.shape)) {
    if (!(property instanceof z.ZodType)) continue;
    const meta = property.meta()?.field ?? unwrap(property).meta()?.field;
    if (meta === undefined) continue;
    fields.push({ name, meta, options: optionsOf(property), fields: meta.kind === 'group' ? shapeOf(property) : [], schema: property });
  }
  return fields;
}

function optionsOf(schema: z.ZodType): readonly string[] {
  const inner = unwrap(schema);
  return inner instanceof z.ZodEnum ? inner.options.map(String) : [];
}

function unwrap(schema: z.ZodType): z.ZodType {
  let current = schema;
  while (current instanceof z.ZodOptional || current instanceof z.ZodNullable || current instanceof z.ZodDefault) {
    const inner = current.unwrap();
    if (!(inner instanceof z.ZodType)) return current;
    current = inner;
  }
  return current;
}
