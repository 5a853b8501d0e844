import { textOf, type Json } from '../flow/json.ts';
import type { Problem } from '../flow/problem.ts';
import { checkMapping, type MappingProblem } from '../mapping/check-mapping.ts';
import { checkTarget } from '../mapping/check-target.ts';
import { checkExpectations, type Expectation } from '../mapping/expectations.ts';
import type { Mapping, MappingRule } from '../mapping/mapping-schema.ts';
import { checkMeanings } from '../retail/check-meanings.ts';
import type { SchemaDoc } from '../schema/schema-doc.ts';
import { arrivingSchema } from './arriving-schema.ts';
import type { NodeCheckScope } from './node-kind.ts';

interface Given {
  mapping: Mapping;
  target?: SchemaDoc;
  expectations?: readonly Expectation[];
}

/** Everything that is wrong with a map node: its rules, its tables, what its target wants, what values mean, what was pinned. */
export function checkMap({ mapping, target, expectations = [] }: Given, scope: NodeCheckScope): Problem[] {
  const problems: MappingProblem[] = [...checkMapping(mapping), ...checkTables(mapping.rules, 'rules', scope)];
  if (target !== undefined) problems.push(...checkTarget(mapping, target, null));
  problems.push(...checkMeanings(mapping, arrivingSchema(scope.doc, scope.node.id), target ?? null));
  return [...problems.map((problem) => placed(problem, scope)), ...checkPinned(mapping, expectations, scope)];
}

function placed({ code, severity = 'error', field, params }: MappingProblem, { node }: NodeCheckScope): Problem {
  return { code, severity, nodeId: node.id, field: field === '' ? 'mapping' : `mapping.${field}`, params };
}

function checkTables(rules: readonly MappingRule[], at: string, scope: NodeCheckScope): MappingProblem[] {
  return rules.flatMap(({ target, source }, index): MappingProblem[] => {
    const field = `${at}.${index}.source`;
    if (source.type === 'forEach') return checkTables(source.rules, `${field}.rules`, scope);
    if (source.type !== 'lookup' || source.table.trim() === '') return [];
    if (scope.lookupTables === undefined || scope.lookupTables.includes(source.table)) return [];
    return [{ code: 'mapping_lookup_table_unknown', field: `${field}.table`, params: { target, table: source.table } }];
  });
}

function checkPinned(mapping: Mapping, expectations: readonly Expectation[], { node, arriving }: NodeCheckScope): Problem[] {
  if (expectations.length === 0 || arriving === undefined) return [];
  const samples = arriving(node.id);
  return checkExpectations(mapping, expectations, { samples }).flatMap(({ expectation, state, actual }): Problem[] => {
    if (state !== 'broken') return [];
    const params = { target: expectation.target, expected: shown(expectation.value), actual: shown(actual) };
    return [{ code: 'mapping_expectation_failed', severity: 'warning', nodeId: node.id, field: `expectations.${expectation.id}`, params }];
  });
}

function shown(value: Json): string {
  const text = textOf(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
