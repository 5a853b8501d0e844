import { expect, test } from 'vitest';
import { z } from 'zod';
import { valueFault } from './value-fault.ts';

test('says in a word what a schema has against a value', () => {
  const code = (schema: z.ZodType, value: unknown) => valueFault(schema, value)?.code ?? null;
  expect(code(z.string().max(3), 'abcd')).toBe('too_long');
  expect(valueFault(z.string().max(3), 'abcd')).toEqual({ code: 'too_long', params: { max: 3 } });
  expect(code(z.string().min(1), '')).toBe('required');
  expect(code(z.string().min(3), 'ab')).toBe('too_short');
  expect(code(z.number().max(5), 6)).toBe('too_large');
  expect(code(z.number().min(5), 4)).toBe('too_small');
  expect(code(z.int(), 1.5)).toBe('not_whole');
  expect(code(z.string(), undefined)).toBe('required');
  expect(code(z.string().regex(/^a/), 'b')).toBe('malformed');
  expect(code(z.enum(['a']), 'b')).toBe('invalid');
  expect(code(z.string().optional(), undefined)).toBeNull();
  // A row says it where it stands.
  expect(code(z.array(z.string()), [1])).toBeNull();
});
