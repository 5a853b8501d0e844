import type { Json } from '../flow/json.ts';
import type { Problem } from '../flow/problem.ts';
import type { ProblemCode } from '../flow/problem-codes.ts';
import { errorIn } from './checks.ts';
import { compileSchema } from './json-schema/compile-schema.ts';
import type { SchemaFault } from './json-schema/schema-check.ts';
import type { SchemaProblem } from './json-schema/schema-refused.ts';
import type { NodeCheckScope } from './node-kind.ts';

const CODES = {
  malformed: 'schema_malformed',
  not_a_schema: 'schema_invalid',
  keyword_unsupported: 'schema_keyword_unsupported',
  reference_unknown: 'schema_reference_unknown',
  pattern_unsafe: 'schema_pattern_unsafe',
  too_large: 'schema_too_large',
} as const satisfies Record<SchemaProblem, ProblemCode>;

/** What is wrong with a schema that was entered as text; an empty one is no schema. */
export function checkSchemaText(scope: NodeCheckScope, field: string, text: string): Problem[] {
  const compiled = compileSchema(text);
  if (compiled.ok) return [];
  const code = CODES[compiled.problem];
  return [errorIn(scope, code, { field, ...(code !== 'schema_malformed' && { params: { detail: compiled.detail } }) })];
}

/** A schema ready to be used; text that publishing would refuse lets nothing pass. */
export function schemaCheckOf(text: string): (data: Json) => SchemaFault[] {
  const compiled = compileSchema(text);
  if (compiled.ok) return (data) => compiled.check(data);
  return () => [{ path: '', keyword: 'schema', expected: compiled.detail }];
}

/** Faults in one line for logs and failures: `lines[0].sku: required`. */
export function faultLine(faults: readonly SchemaFault[]): string {
  return faults
    .slice(0, 5)
    .map(({ path, keyword, expected }) => `${path === '' ? '$' : path}: ${keyword}${expected === '' ? '' : ` ${expected}`}`)
    .join('; ');
}
