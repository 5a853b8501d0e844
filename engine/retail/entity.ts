import { z } from 'zod';
import type { Owner } from './retail-field.ts';

/** An entity of the retail model: its zod schema and the system of record of fields that name none of their own. */
export interface RetailEntityModel<S extends z.ZodObject = z.ZodObject> {
  owner: Owner;
  schema: S;
}

export function entity<S extends z.ZodRawShape>(owner: Owner, shape: S): RetailEntityModel<z.ZodObject<S>> {
  return { owner, schema: z.object(shape) };
}
