import { isRecord, type Json, type JsonObject } from '#engine/flow/json.ts';
import { type Mapping, type MappingRule, type MappingSource, mappingSchema } from '#engine/mapping/mapping-schema.ts';
import type { RuleSet } from '#engine/mapping/rule-set.ts';

/** Mappings that were read or written before: checking 2,000 rules at every key stroke would cost more than running them. */
const known = new WeakMap<object, Mapping>();
const EMPTY: Mapping = { rules: [] };

/** The mapping in a node's configuration; an unreadable one counts as empty. */
export function readMapping(value: Json | undefined): Mapping {
  if (!isRecord(value)) return EMPTY;
  const seen = known.get(value);
  if (seen !== undefined) return seen;
  const parsed = mappingSchema.safeParse(value);
  const mapping = parsed.success ? parsed.data : EMPTY;
  known.set(value, mapping);
  return mapping;
}

/** A mapping as the JSON it is, for the node's configuration. */
export function mappingJson(mapping: Mapping): JsonObject {
  const json = { rules: mapping.rules.map(ruleJson) };
  known.set(json, mapping);
  return json;
}

/** Rules that an edit left alone keep their JSON as well. */
const written = new WeakMap<MappingRule, JsonObject>();

function ruleJson(rule: MappingRule): JsonObject {
  const before = written.get(rule);
  if (before !== undefined) return before;
  const made = writeRule(rule);
  written.set(rule, made);
  return made;
}

function writeRule(rule: MappingRule): JsonObject {
  const { id, target, source, functions, when, onMissing } = rule;
  return {
    id,
    target,
    source: sourceJson(source),
    functions: functions.map(({ fn, args }) => ({ fn, args: [...args] })),
    onMissing: typeof onMissing === 'string' ? onMissing : { default: onMissing.default },
    ...(when !== undefined && { when: ruleSetJson(when) }),
  };
}

function sourceJson(source: MappingSource): JsonObject {
  switch (source.type) {
    case 'forEach':
      return {
        type: source.type,
        path: source.path,
        rules: source.rules.map(ruleJson),
        ...(source.filter !== undefined && { filter: ruleSetJson(source.filter) }),
        ...(source.sort !== undefined && { sort: source.sort.map(({ path, direction }) => ({ path, direction })) }),
        ...(source.groupBy !== undefined && { groupBy: source.groupBy }),
      };
    case 'formula':
      return { type: source.type, expression: source.expression };
    case 'lookup': {
      const { type, table, key, field, onMiss } = source;
      return { type, table, key, field, onMiss: typeof onMiss === 'string' ? onMiss : { default: onMiss.default } };
    }
    case 'constant':
      return { type: source.type, value: source.value };
    case 'index':
      return { type: source.type };
    case 'path':
    case 'target':
      return { type: source.type, path: source.path };
  }
}

function ruleSetJson({ match, rules }: RuleSet): JsonObject {
  return { match, rules: rules.map(({ path, operator, value }) => ({ path, operator, value })) };
}
