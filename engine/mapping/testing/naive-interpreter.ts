import { isRecord, textOf, type Json, type JsonObject } from '../../flow/json.ts';
import { EACH, parsePath } from '../../flow/path.ts';
import { compareNumbers, toNumber } from '../decimal.ts';
import { findMappingFunction } from '../functions.ts';
import { MappingFault } from '../mapping-fault.ts';
import type { ForEachSource, Mapping, MappingArgument, MappingRule } from '../mapping-schema.ts';
import { compileRules } from '../rules.ts';

/**
 * The meaning of a mapping, written for reading and not for speed: every path is parsed where it is used, every rule
 * looked at again for each record. The compiler is tested against it. Conditions with `^` are not covered.
 */
interface Scope {
  data: Json;
  output: JsonObject;
  index: number;
  outer: Scope | null;
}

export type NaiveResult = { value: JsonObject; failed: string[] };

export function interpret(mapping: Mapping, data: Json): NaiveResult {
  const failed: string[] = [];
  const value: JsonObject = {};
  fillAll(mapping.rules, { data, output: value, index: 0, outer: null }, failed);
  return { value, failed };
}

function fillAll(rules: readonly MappingRule[], scope: Scope, failed: string[]): void {
  for (const rule of rules) {
    if (rule.when !== undefined && !compileRules(rule.when)(scope.data)) continue;
    try {
      const value = valueOf(rule, scope, failed);
      if (value !== undefined) write(scope.output, rule.target.replace(/\[\]$/, '').split('.'), value);
    } catch (error) {
      if (!(error instanceof MappingFault)) throw error;
      failed.push(rule.id);
    }
  }
}

function valueOf(rule: MappingRule, scope: Scope, failed: string[]): Json | undefined {
  let value = sourceOf(rule, scope, failed);
  for (const { fn, args } of rule.functions) {
    if (value === undefined || value === null) break;
    const spec = findMappingFunction(fn);
    const given = args.map((argument) => argumentOf(argument, scope));
    given.forEach((found, index) => {
      const { type, optional = false } = spec?.args[index] ?? { type: 'any' };
      const missing = found === undefined || (found === null && args[index] !== null);
      if (missing && type === 'number' && !optional) throw new MappingFault('argument_missing');
    });
    value = spec?.apply(value, given);
  }
  const isMissing = value === undefined || value === null;
  if (!isMissing || (rule.source.type === 'constant' && rule.functions.length === 0)) return value;
  if (rule.onMissing === 'fail') throw new MappingFault('missing');
  if (rule.onMissing === 'skip') return undefined;
  return rule.onMissing === 'null' ? null : rule.onMissing.default;
}

function sourceOf({ source }: MappingRule, scope: Scope, failed: string[]): Json | undefined {
  if (source.type === 'constant') return source.value;
  if (source.type === 'index') return scope.index;
  if (source.type === 'target') return read(scope, source.path, 'output');
  if (source.type === 'formula' || source.type === 'lookup') return undefined;
  const found = read(scope, source.path, 'data');
  if (source.type === 'path') return found;
  if (found === undefined || found === null) return undefined;
  if (!Array.isArray(found)) throw new MappingFault('not_a_list');
  return itemsOf(found, source, scope).map((data, index) => {
    const output: JsonObject = {};
    fillAll(source.rules, { data, output, index, outer: scope }, failed);
    return output;
  });
}

function itemsOf(list: readonly Json[], { filter, sort = [], groupBy = '' }: ForEachSource, outer: Scope): Json[] {
  const scopeOf = (data: Json): Scope => ({ data, output: {}, index: 0, outer });
  const valueAt = (data: Json, path: string): Json => read(scopeOf(data), path, 'data') ?? null;
  let items = list.filter((data) => filter === undefined || compileRules(filter)(data));
  // Stable, so the last order is put down first.
  for (const { path, direction } of sort.toReversed()) {
    const [empty, given] = [items.filter((data) => isEmpty(valueAt(data, path))), items.filter((data) => !isEmpty(valueAt(data, path)))];
    given.sort((left, right) => (direction === 'down' ? -1 : 1) * compare(valueAt(left, path), valueAt(right, path)));
    items = [...given, ...empty];
  }
  if (groupBy === '') return items;
  const keyOf = (data: Json): string => {
    const value = valueAt(data, groupBy);
    return value === null ? 'none' : `is ${textOf(typeof value === 'string' ? value : (toNumber(value) ?? value))}`;
  };
  const keys = [...new Set(items.map(keyOf))];
  return keys.map((key) => {
    const inside = items.filter((data) => keyOf(data) === key);
    return { key: valueAt(inside[0] ?? null, groupBy), items: inside };
  });
}

function isEmpty(value: Json): boolean {
  return value === null || value === '';
}

/** Numbers, then text, then anything else. */
function compare(left: Json, right: Json): number {
  const kind = (value: Json): number => (typeof value !== 'boolean' && toNumber(value) !== null ? 0 : typeof value === 'string' ? 1 : 2);
  if (kind(left) !== kind(right)) return kind(left) - kind(right);
  if (kind(left) === 0) return compareNumbers(left, right) ?? 0;
  return textOf(left) === textOf(right) ? 0 : textOf(left) < textOf(right) ? -1 : 1;
}

function argumentOf(argument: MappingArgument, scope: Scope): Json | undefined {
  if (!isRecord(argument)) return argument;
  const { path, target }: JsonObject = argument;
  if (typeof path === 'string') return read(scope, path, 'data');
  return typeof target === 'string' ? read(scope, target, 'output') : argument;
}

function read(scope: Scope, path: string, from: 'data' | 'output'): Json | undefined {
  if (path.startsWith('^.')) return scope.outer === null ? undefined : read(scope.outer, path.slice(2), from);
  let values: Json[] = [scope[from]];
  let isList = false;
  for (const step of parsePath(path) ?? []) {
    // What is already mapped may be read through a list without saying `[]`.
    const through = step === EACH || (from === 'output' && typeof step === 'string');
    if (step === EACH && !isList && !Array.isArray(values[0])) return undefined;
    if (through && values.some(Array.isArray)) isList = true;
    if (through) values = values.flatMap((value) => (Array.isArray(value) ? value : step === EACH ? [] : [value]));
    if (step === EACH) continue;
    values = values.flatMap((value) => {
      const found = typeof step === 'number' && Array.isArray(value) ? value[step] : isRecord(value) ? own(value, step) : undefined;
      return found === undefined ? [] : [found];
    });
  }
  return isList ? values : values[0];
}

function own(value: JsonObject, key: string | number): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function write(output: JsonObject, [key = '', ...rest]: string[], value: Json): void {
  if (rest.length === 0) {
    output[key] = value;
    return;
  }
  const inner = output[key] ?? {};
  if (!isRecord(inner)) throw new MappingFault('target_taken');
  output[key] = inner;
  write(inner, rest, value);
}
