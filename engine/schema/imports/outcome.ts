import type { SchemaDoc } from '../schema-doc.ts';

/** Why a text could not be read as a schema; texts at `schema.errors.<code>`. */
export const IMPORT_FAULTS = [
  { code: 'empty', params: [] },
  { code: 'too_large', params: ['max'] },
  { code: 'format_unknown', params: [] },
  { code: 'json_malformed', params: ['line', 'column'] },
  { code: 'json_too_deep', params: ['max'] },
  { code: 'json_too_many_keys', params: ['max'] },
  { code: 'name_forbidden', params: ['name'] },
  { code: 'no_records', params: [] },
  { code: 'csv_malformed', params: ['line'] },
  { code: 'csv_no_header', params: [] },
  { code: 'xml_malformed', params: ['line', 'column'] },
  { code: 'xml_doctype', params: ['line'] },
  { code: 'xml_too_deep', params: ['max'] },
  { code: 'yaml_malformed', params: ['line', 'column'] },
  { code: 'yaml_aliases', params: [] },
  { code: 'schema_not_object', params: [] },
  { code: 'schema_reference_missing', params: ['reference'] },
  { code: 'schema_no_fields', params: [] },
  { code: 'openapi_version', params: ['version'] },
  { code: 'openapi_nothing', params: [] },
  { code: 'openapi_choice_unknown', params: ['choice'] },
] as const satisfies readonly { code: string; params: readonly string[] }[];

export type ImportFaultCode = (typeof IMPORT_FAULTS)[number]['code'];

/** One schema out of an OpenAPI file. `part` has its word at `schema.parts.<part>`. */
export interface ImportChoice {
  id: string;
  /** `POST /orders`, or the name of a component. */
  label: string;
  part: 'request' | 'answer' | 'webhook' | 'component';
}

export type ReadOutcome =
  /** `cut`: fields beyond the 3,000 or the 20 levels were left out. */
  | { ok: true; schema: SchemaDoc; cut?: boolean }
  | { ok: false; code: 'choose'; choices: ImportChoice[] }
  | ReadFailure;

export interface ReadFailure {
  ok: false;
  code: ImportFaultCode;
  params: Record<string, string | number>;
}

export const MAX_IMPORT_CHARACTERS = 10_000_000;

export function failure(code: ImportFaultCode, params: Record<string, string | number> = {}): ReadFailure {
  return { ok: false, code, params };
}

/** Line and column, from 1, of a position in a text. */
export function placeOf(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, position));
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}
