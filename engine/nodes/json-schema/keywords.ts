import { isRecord, textOf, type Json, type JsonObject } from '../../flow/json.ts';
import { compareNumbers } from '../../mapping/decimal.ts';
import type { SchemaCompiler } from './compile-schema.ts';
import { fitsFormat } from './formats.ts';
import { compileLinearPattern, type LinearPattern } from './linear-pattern.ts';
import { canonicalText, isMultiple, isNumber, lengthOf, typeFits, type Look, type SchemaCheck } from './schema-check.ts';
import { SchemaRefused } from './schema-refused.ts';

/** Texts longer than this are refused by a pattern instead of being walked through. */
const MAX_PATTERN_TEXT = 10_000;

interface Place {
  schema: JsonObject;
  at: string;
  compiler: SchemaCompiler;
}

/** Makes the check of one keyword; undefined: it checks nothing by itself. */
type Keyword = (value: Json, place: Place) => SchemaCheck | undefined;

/** Words for the reader, and those that another keyword reads along. */
const SILENT = new Set([
  '$schema',
  '$id',
  '$comment',
  '$defs',
  'definitions',
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'nullable',
  'contentMediaType',
  'contentEncoding',
  'then',
  'else',
  'additionalItems',
  'minContains',
  'maxContains',
]);

const KEYWORDS: Readonly<Record<string, Keyword>> = {
  // Any value
  $ref: (target, { compiler, at }) => compiler.reference(target, at),
  type: typeKeyword,
  enum: (values) => {
    const allowed = listOf(values);
    const texts = new Set(allowed.map(canonicalText));
    const said = allowed.map(textOf).join(', ');
    return (value, path, look) => (texts.has(canonicalText(value)) ? undefined : look.fault(path, 'enum', said));
  },
  const: (wanted) => {
    const text = canonicalText(wanted);
    return (value, path, look) => (canonicalText(value) === text ? undefined : look.fault(path, 'const', wanted));
  },
  // Several schemas
  allOf: (schemas, place) => {
    const checks = compileAll(schemas, place, 'allOf');
    return (value, path, look) => checks.forEach((check) => look.into(check, value, path));
  },
  anyOf: (schemas, place) => {
    const checks = compileAll(schemas, place, 'anyOf');
    return (value, path, look) => (checks.some((check) => look.passes(check, value, path)) ? undefined : look.fault(path, 'anyOf'));
  },
  oneOf: (schemas, place) => {
    const checks = compileAll(schemas, place, 'oneOf');
    return (value, path, look) => {
      const fitting = checks.filter((check) => look.passes(check, value, path)).length;
      if (fitting !== 1) look.fault(path, 'oneOf', fitting);
    };
  },
  not: (schema, { compiler, at }) => {
    const check = compiler.compile(schema, `${at}/not`);
    return (value, path, look) => (look.passes(check, value, path) ? look.fault(path, 'not') : undefined);
  },
  if: (schema, { schema: whole, compiler, at }) => {
    const check = compiler.compile(schema, `${at}/if`);
    const [yes, no] = [compiler.compile(whole['then'] ?? true, `${at}/then`), compiler.compile(whole['else'] ?? true, `${at}/else`)];
    return (value, path, look) => look.into(look.passes(check, value, path) ? yes : no, value, path);
  },
  // Numbers
  minimum: bound((order) => order >= 0, 'minimum'),
  maximum: bound((order) => order <= 0, 'maximum'),
  exclusiveMinimum: bound((order) => order > 0, 'exclusiveMinimum'),
  exclusiveMaximum: bound((order) => order < 0, 'exclusiveMaximum'),
  multipleOf: (of) => (value, path, look) => (isNumber(value) && !isMultiple(value, of) ? look.fault(path, 'multipleOf', of) : undefined),
  // Text
  minLength: (min) => onText((text) => lengthOf(text) >= Number(min), 'minLength', min),
  maxLength: (max) => onText((text) => lengthOf(text) <= Number(max), 'maxLength', max),
  pattern: (source, place) => {
    const pattern = patternOf(source, place);
    return onText((text) => text.length <= MAX_PATTERN_TEXT && pattern.test(text), 'pattern', source);
  },
  format: (format) => onText((text) => fitsFormat(textOf(format), text), 'format', format),
  // Lists
  items: itemsKeyword,
  prefixItems: (schemas, place) => prefixCheck(compileAll(schemas, place, 'prefixItems')),
  contains: (schema, { schema: whole, compiler, at }) => {
    const check = compiler.compile(schema, `${at}/contains`);
    const min = Number(whole['minContains'] ?? 1);
    const max = Number(whole['maxContains'] ?? Number.POSITIVE_INFINITY);
    return onList((list, path, look) => {
      const count = list.filter((item) => look.passes(check, item, path)).length;
      if (count < min || count > max) look.fault(path, 'contains');
    });
  },
  minItems: (min) => onList((list, path, look) => (list.length < Number(min) ? look.fault(path, 'minItems', min) : undefined)),
  maxItems: (max) => onList((list, path, look) => (list.length > Number(max) ? look.fault(path, 'maxItems', max) : undefined)),
  uniqueItems: (wanted) =>
    wanted !== true ? undefined : onList((list, path, look) => (new Set(list.map(canonicalText)).size < list.length ? look.fault(path, 'uniqueItems') : undefined)),
  // Objects
  properties: (schemas, { compiler, at }) => {
    const checks = Object.entries(objectOf(schemas, at)).map(([key, schema]) => ({ key, check: compiler.compile(schema, `${at}/properties/${key}`) }));
    return onObject((object, path, look) => {
      for (const { key, check } of checks) {
        const value = Object.hasOwn(object, key) ? object[key] : undefined;
        if (value !== undefined) look.into(check, value, below(path, key));
      }
    });
  },
  patternProperties: (schemas, place) => {
    const checks = patternChecks(schemas, place);
    return onObject((object, path, look) => {
      for (const [key, value] of Object.entries(object)) {
        for (const { pattern, check } of checks) if (pattern.test(key.slice(0, MAX_PATTERN_TEXT))) look.into(check, value, below(path, key));
      }
    });
  },
  additionalProperties: (schema, { schema: whole, compiler, at }) => {
    if (schema === true) return undefined;
    const check = compiler.compile(schema, `${at}/additionalProperties`);
    const named = new Set(Object.keys(isRecord(whole['properties']) ? whole['properties'] : {}));
    const patterns = patternChecks(whole['patternProperties'] ?? {}, { schema: whole, compiler, at });
    return onObject((object, path, look) => {
      for (const [key, value] of Object.entries(object)) {
        if (named.has(key) || patterns.some(({ pattern }) => pattern.test(key.slice(0, MAX_PATTERN_TEXT)))) continue;
        look.into(check, value, below(path, key));
      }
    });
  },
  propertyNames: (schema, { compiler, at }) => {
    const check = compiler.compile(schema, `${at}/propertyNames`);
    return onObject((object, path, look) => Object.keys(object).forEach((key) => look.into(check, key, below(path, key))));
  },
  required: (keys) => {
    const names = listOf(keys).map(textOf);
    return onObject((object, path, look) => {
      for (const name of names) if (!Object.hasOwn(object, name)) look.fault(below(path, name), 'required');
    });
  },
  dependentRequired: (rules, { at }) => {
    const needs = Object.entries(objectOf(rules, at)).map(([key, names]) => ({ key, names: listOf(names).map(textOf) }));
    return onObject((object, path, look) => {
      for (const { key, names } of needs) {
        if (!Object.hasOwn(object, key)) continue;
        for (const name of names) if (!Object.hasOwn(object, name)) look.fault(below(path, name), 'required');
      }
    });
  },
  minProperties: (min) => onObject((object, path, look) => (Object.keys(object).length < Number(min) ? look.fault(path, 'minProperties', min) : undefined)),
  maxProperties: (max) => onObject((object, path, look) => (Object.keys(object).length > Number(max) ? look.fault(path, 'maxProperties', max) : undefined)),
};

/** The check of one schema object: all its keywords, the type first, for the fault that says most comes first then. */
export function compileKeywords(schema: JsonObject, at: string, compiler: SchemaCompiler): SchemaCheck {
  const place = { schema, at, compiler };
  const names = Object.keys(schema).sort((left, right) => Number(right === 'type') - Number(left === 'type'));
  const checks: SchemaCheck[] = [];
  for (const name of names) {
    const keyword = Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name] : undefined;
    if (SILENT.has(name) || name.startsWith('x-')) continue;
    if (keyword === undefined) throw new SchemaRefused('keyword_unsupported', `${at}/${name}`);
    const check = keyword(schema[name] ?? null, place);
    if (check !== undefined) checks.push(check);
  }
  return (value, path, look) => {
    for (const check of checks) check(value, path, look);
  };
}

const TYPES = new Set(['null', 'boolean', 'string', 'number', 'integer', 'array', 'object']);

function typeKeyword(value: Json, { schema, at }: Place): SchemaCheck {
  const types = (Array.isArray(value) ? value : [value]).map(textOf);
  if (types.length === 0 || types.some((type) => !TYPES.has(type))) throw new SchemaRefused('not_a_schema', `${at}/type`);
  if (schema['nullable'] === true) types.push('null');
  const said = types.join(', ');
  return (data, path, look) => (types.some((type) => typeFits(data, type)) ? undefined : look.fault(path, 'type', said));
}

function itemsKeyword(value: Json, place: Place): SchemaCheck {
  const { schema, compiler, at } = place;
  if (Array.isArray(value)) {
    // Draft 7: a list here is what prefixItems is now, and additionalItems takes the rest.
    const prefix = prefixCheck(compileAll(value, place, 'items'));
    const rest = compiler.compile(schema['additionalItems'] ?? true, `${at}/additionalItems`);
    return (data, path, look) => {
      prefix(data, path, look);
      restCheck(rest, value.length)(data, path, look);
    };
  }
  return restCheck(compiler.compile(value, `${at}/items`), Array.isArray(schema['prefixItems']) ? schema['prefixItems'].length : 0);
}

function prefixCheck(checks: readonly SchemaCheck[]): SchemaCheck {
  return onList((list, path, look) =>
    checks.forEach((check, index) => {
      const item = list[index];
      if (item !== undefined) look.into(check, item, `${path}[${index}]`);
    }),
  );
}

function restCheck(check: SchemaCheck, from: number): SchemaCheck {
  return onList((list, path, look) => {
    for (let index = from; index < list.length && !look.done; index += 1) look.into(check, list[index] ?? null, `${path}[${index}]`);
  });
}

function compileAll(schemas: Json, { compiler, at }: Place, name: string): SchemaCheck[] {
  if (!Array.isArray(schemas) || schemas.length === 0) throw new SchemaRefused('not_a_schema', `${at}/${name}`);
  return schemas.map((schema, index) => compiler.compile(schema, `${at}/${name}/${index}`));
}

function patternChecks(schemas: Json, place: Place): { pattern: LinearPattern; check: SchemaCheck }[] {
  return Object.entries(objectOf(schemas, place.at)).map(([source, schema]) => ({
    pattern: patternOf(source, place),
    check: place.compiler.compile(schema, `${place.at}/patternProperties/${source}`),
  }));
}

function patternOf(source: Json, { at }: Place): LinearPattern {
  const pattern = typeof source === 'string' ? compileLinearPattern(source) : null;
  if (pattern === null) throw new SchemaRefused('pattern_unsafe', typeof source === 'string' ? source.slice(0, 80) : at);
  return pattern;
}

function bound(fits: (order: number) => boolean, name: string): Keyword {
  return (limit) => (value, path, look) => {
    const order = isNumber(value) ? compareNumbers(value, limit) : null;
    if (order !== null && !fits(order)) look.fault(path, name, limit);
  };
}

function onText(fits: (text: string) => boolean, name: string, expected: Json): SchemaCheck {
  return (value, path, look) => (typeof value === 'string' && !fits(value) ? look.fault(path, name, expected) : undefined);
}

function onList(check: (list: Json[], path: string, look: Look) => void): SchemaCheck {
  return (value, path, look) => (Array.isArray(value) ? check(value, path, look) : undefined);
}

function onObject(check: (object: JsonObject, path: string, look: Look) => void): SchemaCheck {
  return (value, path, look) => (isRecord(value) ? check(value, path, look) : undefined);
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function listOf(value: Json): Json[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: Json, at: string): JsonObject {
  if (!isRecord(value)) throw new SchemaRefused('not_a_schema', at);
  return value;
}
