import { z } from 'zod';
import type { FormField } from './field-meta.ts';

/**
 * The form of a configuration schema: its fields in the order in which they were declared. Fields without `field`
 * metadata are left out.
 */
export function formFields(schema: z.ZodType): FormField[] {
  const object = unwrapped(schema);
  if (!(object instanceof z.ZodObject)) return [];
  const shape: Record<string, z.ZodType> = object.shape;
  return Object.entries(shape).flatMap(([name, field]) => {
    const meta = field.meta()?.field;
    if (meta === undefined) return [];
    return [{ name, meta, schema: field, options: optionsOf(field), fields: meta.kind === 'group' ? formFields(field) : [] }];
  });
}

function optionsOf(schema: z.ZodType): string[] {
  const inner = unwrapped(schema);
  return inner instanceof z.ZodEnum ? inner.options.map(String) : [];
}

function unwrapped(schema: z.ZodType): z.ZodType {
  let inner: unknown = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap();
  return inner instanceof z.ZodType ? inner : schema;
}
