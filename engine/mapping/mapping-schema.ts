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
  | ForEachSource
  /** Number of the item inside `forEach`, from 0. */
  | { type: 'index' }
  /** JSONata over the record of this level; `$parent` is the record around it, `$root` the whole one, `$index` the item's number. */
  | { type: 'formula'; expression: string }
  | LookupSource;

/** One list paired with another. The items are filtered, then sorted, then grouped; positions count what is left. */
export interface ForEachSource {
  type: 'forEach';
  path: string;
  rules: MappingRule[];
  /** Only these items; paths are relative to the item. */
  filter?: RuleSet;
  /** By the first path, then where that is equal by the next. Items without a value come last, either way. */
  sort?: ListOrder[];
  /** Items that agree in this field become one item `{ key, items }`, in the order in which the first of each came. */
  groupBy?: string;
}

export interface ListOrder {
  path: string;
  direction: 'up' | 'down';
}

/** What a table of the retailer says about a value of the record. A record without that value has no question to ask: that is for `onMissing`. */
export interface LookupSource {
  type: 'lookup';
  table: string;
  /** Path of the value that is looked up. */
  key: string;
  /** Path inside the row; '' for all of it. */
  field: string;
  /** What a key without a row (or a row without the field) leads to. */
  onMiss: OnMiss;
}

export type OnMiss = 'fail' | 'null' | 'skip' | { default: Json };

export type OnMissing = 'skip' | 'null' | 'fail' | { default: Json };

/** `fn` is an id from the functions registry, such as `text.upper`. */
export interface MappingFunction {
  fn: string;
  args: MappingArgument[];
}

export type MappingArgument = Json | { path: string } | { target: string };

/** Characters of a formula. */
export const MAX_FORMULA = 20_000;

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
      filter: ruleSetSchema.optional(),
      sort: z.array(z.strictObject({ path: z.string().max(500), direction: z.enum(['up', 'down']) })).max(5).optional(),
      groupBy: z.string().max(500).optional(),
    }),
    z.strictObject({ type: z.literal('index') }),
    z.strictObject({ type: z.literal('formula'), expression: z.string().max(MAX_FORMULA) }),
    z.strictObject({
      type: z.literal('lookup'),
      table: z.string().max(200),
      key: z.string().max(500),
      field: z.string().max(500),
      onMiss: onMissingSchema,
    }),
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
