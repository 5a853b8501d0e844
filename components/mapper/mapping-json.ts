import type { Json, JsonObject } from '#engine/flow/json.ts';
import { type Mapping, type MappingRule, type MappingSource, mappingSchema } from '#engine/mapping/mapping-schema.ts';

/** The mapping in a node's configuration; an unreadable one counts as empty. */
export function readMapping(value: Json | undefined): Mapping {
  const parsed = mappingSchema.safeParse(value);
  return parsed.success ? parsed.data : { rules: [] };
}

/** A mapping as the JSON it is, for the node's configuration. */
export function mappingJson(mapping: Mapping): JsonObject {
  return { rules: mapping.rules.map(ruleJson) };
}

function ruleJson(rule: MappingRule): JsonObject {
  const { id, target, source, functions, when, onMissing } = rule;
  return {
    id,
    target,
    source: sourceJson(source),
    functions: functions.map(({ fn, args }) => ({ fn, args: [...args] })),
    onMissing: typeof onMissing === 'string' ? onMissing : { default: onMissing.default },
    ...(when === undefined
      ? {}
      : { when: { match: when.match, rules: when.rules.map(({ path, operator, value }) => ({ path, operator, value })) } }),
  };
}

function sourceJson(source: MappingSource): JsonObject {
  switch (source.type) {
    case 'forEach':
      return { type: source.type, path: source.path, rules: source.rules.map(ruleJson) };
    case 'constant':
      return { type: source.type, value: source.value };
    case 'index':
      return { type: source.type };
    case 'path':
    case 'target':
      return { type: source.type, path: source.path };
  }
}
