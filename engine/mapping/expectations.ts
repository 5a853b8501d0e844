import { z } from 'zod';
import { jsonSchema, type Json } from '../flow/json.ts';

/** What a mapping must give for a pinned sample in one place, so that a change that alters it is seen. */
export interface Expectation {
  id: string;
  /** A pinned sample of the node. */
  sampleId: string;
  /** Place in the output, items by position: `lines[0].sku`. */
  target: string;
  /** Null: the place stays empty. */
  value: Json | null;
}

export const MAX_EXPECTATIONS = 500;

export const expectationSchema: z.ZodType<Expectation> = z.strictObject({
  id: z.string().min(1).max(64),
  sampleId: z.string().min(1).max(100),
  target: z.string().min(1).max(500),
  value: jsonSchema,
});
