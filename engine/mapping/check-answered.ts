import { parsePath } from '../flow/path.ts';
import type { MappingProblem } from './check-mapping.ts';
import { parseScopedPath } from './compile-path.ts';
import { readFormula } from './formula-fault.ts';
import type { LookupSource, MappingSource } from './mapping-schema.ts';

interface At {
  at: string;
  target: string;
  depth: number;
}

/** What is wrong with a formula or a lookup. */
export function checkAnswered(source: Extract<MappingSource, { type: 'formula' | 'lookup' }>, where: At): MappingProblem[] {
  return source.type === 'formula' ? checkFormula(source.expression, where) : checkLookup(source, where);
}

function checkFormula(expression: string, { at, target }: At): MappingProblem[] {
  const field = `${at}.source.expression`;
  if (expression.trim() === '') return [{ code: 'mapping_formula_empty', field, params: { target } }];
  const { fault, longNumber } = readFormula(expression);
  if (longNumber !== '') return [{ code: 'mapping_formula_digits', severity: 'warning', field, params: { target, number: longNumber } }];
  if (fault === null) return [];
  const { reason, position, near } = fault;
  return [{ code: 'mapping_formula_invalid', field, params: { target, reason, position, near } }];
}

function checkLookup({ table, key, field }: LookupSource, { at, target, depth }: At): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const params = { target };
  if (table.trim() === '') problems.push({ code: 'mapping_lookup_table_empty', field: `${at}.source.table`, params });
  const path = parseScopedPath(key);
  if (key.trim() === '') problems.push({ code: 'mapping_lookup_key_empty', field: `${at}.source.key`, params });
  else if (path === null || path.up > depth) problems.push({ code: 'mapping_source_invalid', field: `${at}.source.key`, params: { target, path: key } });
  if (parsePath(field.trim()) === null) problems.push({ code: 'mapping_source_invalid', field: `${at}.source.field`, params: { target, path: field } });
  return problems;
}
