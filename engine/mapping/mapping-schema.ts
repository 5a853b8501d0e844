import { z } from 'zod';
import { jsonSchema, type Json } from '../flow/json.ts';
import { ruleSetSchema, type RuleSet } from './rule-set.ts';

/**
 * A mapping is data: rules that each fill one target field. Reads as a sentence: *source → functions → target, when …,
 * if missing …*. Inside `forEach` paths are relative to the item, and `^.x` reads the parent.
 */
export interface Mapping {
  rules: MappingRule[];
}

export interface MappingRule {
  id: string;
  /** Path in the output: `customer.name`; `lines[]` for a list filled by `forEach`. */
  target: string;
  source: MappingSource;
  functions: MappingFunction[];
  when?: RuleSet;
  onMissing: OnMissing;
}

export type MappingSource =
  | { type: 'path'; path: string }
  | { type: 'constant'; value: Json }
  /** Output mapped by an earlier rule, such as `lines.net`; inside `forEach` relative to the item's output. */
  | { type: 'target'; path: string }
  | { type: 'forEach'; path: string; rules: MappingRule[] }
  /** Number of the item inside `forEach`, from 0. */
  | { type: 'index' };

export type OnMissing = 'skip' | 'null' | 'fail' | { default: Json };

/** `fn` is an id from the functions registry, such as `text.upper`. */
export interface MappingFunction {
  fn: string;
  args: MappingArgument[];
}

export type MappingArgument = Json | { path: string } | { target: string };

export const mappingFunctionSchema: z.ZodType<MappingFunction> = z.strictObject({
  fn: z.string().max(64),
  args: z.array(jsonSchema).max(10),
});

export const onMissingSchema: z.ZodType<OnMissing> = z.union([
  z.enum(['skip', 'null', 'fail']),
  z.strictObject({ default: jsonSchema }),
]);

export const mappingSourceSchema: z.ZodType<MappingSource> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('path'), path: z.string().max(500) }),
    z.strictObject({ type: z.literal('constant'), value: jsonSchema }),
    z.strictObject({ type: z.literal('target'), path: z.string().max(500) }),
    z.strictObject({
      type: z.literal('forEach'),
      path: z.string().max(500),
      rules: z.array(mappingRuleSchema).max(500),
    }),
    z.strictObject({ type: z.literal('index') }),
  ]),
);

export const mappingRuleSchema: z.ZodType<MappingRule> = z.lazy(() =>
  z.strictObject({
    id: z.string().min(1).max(64),
    target: z.string().max(500),
    source: mappingSourceSchema,
    functions: z.array(mappingFunctionSchema).max(20),
    when: ruleSetSchema.optional(),
    onMissing: onMissingSchema,
  }),
);

export const mappingSchema: z.ZodType<Mapping> = z.strictObject({
  rules: z.array(mappingRuleSchema).max(1_000),
});
