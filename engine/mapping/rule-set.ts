import { z } from 'zod';
import { jsonSchema } from '../flow/json.ts';

/** Comparisons of a rule. Regular expressions are left out on purpose until they can be run by RE2. */
export const OPERATORS = [
  'equals',
  'notEquals',
  'contains',
  'startsWith',
  'endsWith',
  'greater',
  'greaterOrEqual',
  'less',
  'lessOrEqual',
  'exists',
  'missing',
  'isEmpty',
  'isNotEmpty',
  'oneOf',
  'before',
  'after',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** Operators that look at the field alone. */
export const OPERATORS_WITHOUT_VALUE: ReadonlySet<Operator> = new Set(['exists', 'missing', 'isEmpty', 'isNotEmpty']);

export const ruleSchema = z.strictObject({
  path: z.string().max(500),
  operator: z.enum(OPERATORS),
  /** Ignored by operators without a value; a list, or text with commas, for `oneOf`. */
  value: jsonSchema,
});

export const ruleSetSchema = z.strictObject({
  match: z.enum(['all', 'any']),
  rules: z.array(ruleSchema).max(100),
});

export type Rule = z.infer<typeof ruleSchema>;
export type RuleSet = z.infer<typeof ruleSetSchema>;
