import { isRecord, type Json } from '../flow/json.ts';
import type { MappingProblem } from './check-mapping.ts';
import { referenceOf } from './compile-functions.ts';
import { parseScopedPath } from './compile-path.ts';
import { toNumber } from './decimal.ts';
import type { ArgumentSpec } from './function-spec.ts';
import { arityOf, findMappingFunction } from './functions.ts';
import type { MappingArgument, MappingRule } from './mapping-schema.ts';

/** What is wrong with a rule's functions and condition. */
export function checkFunctions({ target, functions, when }: MappingRule, at: string, depth: number): MappingProblem[] {
  const problems = functions.flatMap(({ fn, args }, index): MappingProblem[] => {
    const field = `${at}.${index}`;
    const spec = findMappingFunction(fn);
    if (spec === undefined) return [{ code: 'mapping_function_unknown', field, params: { target, fn } }];
    const { min, max } = arityOf(spec);
    if (args.length < min || args.length > max) {
      const params = { target, fn, expected: min, given: args.length };
      return [{ code: 'mapping_function_arguments', field, params }];
    }
    const last = spec.args.at(-1);
    return args.flatMap((argument, position): MappingProblem[] => {
      const wanted = spec.args[position] ?? last;
      if (wanted === undefined || fits(argument, wanted, depth)) return [];
      const params = { target, fn, argument: wanted.name };
      return [{ code: 'mapping_argument_invalid', field: `${field}.args.${position}`, params }];
    });
  });
  const whenField = at.replace(/functions$/, 'when');
  for (const [index, { path }] of (when?.rules ?? []).entries()) {
    const params = { rule: index + 1 };
    const field = `${whenField}.rules.${index}.path`;
    if (path.trim() === '') problems.push({ code: 'rule_path_empty', field, params });
    else if (parseScopedPath(path) === null) problems.push({ code: 'rule_path_invalid', field, params: { ...params, path } });
  }
  return problems;
}

function fits(argument: MappingArgument, wanted: ArgumentSpec, depth: number): boolean {
  const reference = referenceOf(argument);
  if (reference !== null) {
    const path = reference.path.trim() === '' ? null : parseScopedPath(reference.path);
    return path !== null && path.up <= depth;
  }
  return fitsConstant(constantOf(argument), wanted);
}

function constantOf(argument: MappingArgument): Json {
  return argument;
}

function fitsConstant(value: Json, { type, optional = false, options }: ArgumentSpec): boolean {
  if (optional && (value === null || value === '')) return true;
  if (options !== undefined) return typeof value === 'string' && options.includes(value);
  if (type === 'number') return toNumber(value) !== null;
  return type === 'any' || (!Array.isArray(value) && !isRecord(value));
}
