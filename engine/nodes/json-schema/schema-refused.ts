export type SchemaProblem = 'malformed' | 'not_a_schema' | 'keyword_unsupported' | 'reference_unknown' | 'pattern_unsafe' | 'too_large';

/** What a schema cannot be used for, and where. */
export class SchemaRefused extends Error {
  readonly problem: SchemaProblem;
  readonly detail: string;

  constructor(problem: SchemaProblem, detail: string) {
    super(`${problem}: ${detail}`);
    this.problem = problem;
    this.detail = detail;
  }
}
