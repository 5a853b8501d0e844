import type { Json } from '../flow/json.ts';
import { isRecord, textOf } from '../flow/json.ts';
import type { Path } from '../flow/path.ts';
import { fieldAt } from '../schema/field-paths.ts';
import type { FieldType, SchemaDoc, SchemaField } from '../schema/schema-doc.ts';
import type { MappingProblem } from './check-mapping.ts';
import { parseScopedPath } from './compile-path.ts';
import { parseTarget } from './compile-target.ts';
import { toNumber } from './decimal.ts';
import { findMappingFunction } from './functions.ts';
import { booleanInput } from './functions/convert.ts';
import type { Mapping, MappingRule } from './mapping-schema.ts';

/** One level of the mapping beside one level of the target schema. */
interface Level {
  rules: readonly MappingRule[];
  fields: SchemaField[];
  /** Place in the mapping of `rules`. */
  at: string;
  /** Place in the output before the names of this level: `lines[].`. */
  name: string;
  source: SourceLevel | null;
}

/** The schema paths of a level are relative to; null where it is not known. */
interface SourceLevel {
  fields: SchemaField[];
  outer: SourceLevel | null;
}

/** Where a mapping does not fit what the target wants: fields it does not have, types that clash, required fields nothing fills. */
export function checkTarget(mapping: Mapping, target: SchemaDoc, source: SchemaDoc | null): MappingProblem[] {
  return checkLevel({ rules: mapping.rules, fields: target.fields, at: 'rules', name: '', source: source === null ? null : { fields: source.fields, outer: null } });
}

function checkLevel(level: Level): MappingProblem[] {
  const problems = level.rules.flatMap((rule, index) => checkRule(rule, `${level.at}.${index}`, level));
  const targets = level.rules.flatMap((rule) => {
    const path = parseTarget(rule.target, rule.source.type === 'forEach');
    return path === null ? [] : [path];
  });
  problems.push(...unfilled(level.fields, { targets, depth: 0, name: level.name, field: level.at.replace(/\.?rules$/, '') }));
  return problems;
}

function checkRule(rule: MappingRule, at: string, { fields, name, source }: Level): MappingProblem[] {
  const isList = rule.source.type === 'forEach';
  const path = parseTarget(rule.target, isList);
  if (path === null) return [];
  const target = name + rule.target.replace(/\[\]$/, '');
  const field = fieldAt({ fields }, rule.target);
  if (field === null) {
    const open = isInsideAny(path, fields);
    return open ? [] : [{ code: 'mapping_target_unknown', severity: 'warning', field: `${at}.target`, params: { target } }];
  }
  const to: FieldType = typeof path.at(-1) === 'number' ? (field.item ?? 'any') : field.type;
  const problems = checkValue(rule, { at, target, to, field, source });
  if (rule.source.type === 'forEach' && field.type === 'list' && field.fields !== undefined) {
    const inside = insideOf(source, rule.source.path, rule.source.groupBy);
    problems.push(...checkLevel({ rules: rule.source.rules, fields: field.fields, at: `${at}.source.rules`, name: `${target}[].`, source: inside }));
  }
  return problems;
}

interface Meeting {
  at: string;
  target: string;
  to: FieldType;
  field: SchemaField;
  source: SourceLevel | null;
}

function checkValue(rule: MappingRule, { at, target, to, field, source }: Meeting): MappingProblem[] {
  const { source: from, functions } = rule;
  const here = { field: `${at}.source`, params: { target } };
  if (from.type === 'constant' && functions.length === 0) {
    if (from.value === null) return [];
    const given = typeOf(from.value);
    if (!fitsConstant(from.value, to)) return [{ ...here, code: 'mapping_type_mismatch', severity: 'error', params: { target, from: given, to } }];
    const known = field.options === undefined || field.options.length === 0 || field.options.includes(textOf(from.value));
    return known ? [] : [{ ...here, code: 'mapping_option_unknown', severity: 'warning', params: { target, value: textOf(from.value) } }];
  }
  const type = typeOfRule(rule, source);
  const clash = clashOf(type, to);
  return clash === null ? [] : [{ ...here, code: 'mapping_type_mismatch', severity: clash, params: { target, from: type, to } }];
}

/** What a rule gives, as far as it is certain. */
function typeOfRule({ source: from, functions }: MappingRule, level: SourceLevel | null): FieldType {
  const last = functions.at(-1);
  if (last !== undefined) {
    const output = findMappingFunction(last.fn)?.output ?? 'any';
    return output === 'date' ? 'text' : output;
  }
  if (from.type === 'forEach') return 'list';
  if (from.type === 'index') return 'number';
  return from.type === 'path' ? typeAt(from.path, level) : 'any';
}

function typeAt(text: string, level: SourceLevel | null): FieldType {
  const scoped = parseScopedPath(text);
  let at = level;
  for (let up = scoped?.up ?? 0; up > 0; up -= 1) at = at?.outer ?? null;
  if (scoped === null || at === null || scoped.path.length === 0) return 'any';
  if (scoped.path.some((step) => typeof step === 'symbol')) return 'list';
  const field = fieldAt(at, text.trim().replace(/^(?:\^\.?)+/, ''));
  if (field === null) return 'any';
  return typeof scoped.path.at(-1) === 'number' ? (field.item ?? 'any') : field.type;
}

/** Numbers as text and the like are what systems often mean: said, not stopped. A list or an object in the place of a value cannot be meant. */
function clashOf(from: FieldType, to: FieldType): 'error' | 'warning' | null {
  if (from === to || from === 'any' || to === 'any') return null;
  const isNested = (type: FieldType): boolean => type === 'list' || type === 'object';
  if (isNested(from) || isNested(to)) return 'error';
  return to === 'text' ? null : 'warning';
}

function fitsConstant(value: Json, to: FieldType): boolean {
  if (to === 'any') return true;
  if (to === 'number') return typeof value !== 'boolean' && toNumber(value) !== null;
  if (to === 'boolean') return typeof value === 'boolean' || isSwitch(value);
  if (to === 'list') return Array.isArray(value);
  return (to === 'object') === isRecord(value) && !Array.isArray(value);
}

function isSwitch(value: Json): boolean {
  try {
    booleanInput(value);
    return true;
  } catch {
    return false;
  }
}

function typeOf(value: Json): FieldType {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'list';
  return isRecord(value) ? 'object' : 'number';
}

function insideOf(level: SourceLevel | null, path: string, groupBy = ''): SourceLevel | null {
  if (level === null || groupBy.trim() !== '') return null;
  const scoped = parseScopedPath(path);
  let at: SourceLevel | null = level;
  for (let up = scoped?.up ?? 0; up > 0; up -= 1) at = at?.outer ?? null;
  const field = at === null ? null : fieldAt(at, path.trim().replace(/^(?:\^\.?)+/, ''));
  return field?.fields === undefined ? null : { fields: field.fields, outer: level };
}

/** A place below a field whose inside the schema does not say is not unknown. */
function isInsideAny(path: Path, fields: readonly SchemaField[]): boolean {
  let level: readonly SchemaField[] | undefined = fields;
  for (const step of path) {
    if (typeof step !== 'string') continue;
    const field: SchemaField | undefined = level?.find(({ name }) => name === step);
    if (field === undefined) return false;
    if (field.fields === undefined || field.fields.length === 0) return field.type === 'any' || field.type === 'object';
    level = field.fields;
  }
  return false;
}

interface Filling {
  targets: readonly Path[];
  depth: number;
  name: string;
  field: string;
}

/** Required fields nothing fills. What is inside an optional object counts once something of it is filled. */
function unfilled(fields: readonly SchemaField[], { targets, depth, name, field: place }: Filling): MappingProblem[] {
  return fields.flatMap((field): MappingProblem[] => {
    const inside = targets.filter((path) => path[depth] === field.name);
    const target = name + field.name;
    if (inside.length === 0) {
      return field.required === true ? [{ code: 'mapping_required_unfilled', severity: 'warning', field: place, params: { target } }] : [];
    }
    const whole = inside.some((path) => path.length === depth + 1);
    if (whole || field.fields === undefined || field.type === 'list') return [];
    return unfilled(field.fields, { targets: inside, depth: depth + 1, name: `${target}.`, field: place });
  });
}
