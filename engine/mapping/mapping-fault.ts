/** Why a rule could not fill its target; texts below `mapping.errors.<code>`. */
export const MAPPING_FAULTS = [
  { code: 'missing', params: [] },
  { code: 'not_text', params: [] },
  { code: 'not_a_number', params: ['value'] },
  { code: 'not_a_list', params: [] },
  { code: 'not_a_date', params: ['value'] },
  { code: 'not_a_boolean', params: ['value'] },
  { code: 'division_by_zero', params: [] },
  { code: 'argument_missing', params: ['fn', 'argument'] },
  { code: 'argument_invalid', params: ['fn', 'argument'] },
  { code: 'target_taken', params: [] },
  { code: 'result_too_large', params: [] },
  { code: 'rule_unfinished', params: [] },
  { code: 'formula_failed', params: ['message'] },
  { code: 'formula_digits', params: [] },
  { code: 'formula_not_data', params: [] },
  { code: 'formula_timeout', params: [] },
  { code: 'formula_unavailable', params: [] },
  { code: 'lookup_missed', params: ['table', 'key'] },
  { code: 'lookup_table_missing', params: ['table'] },
] as const satisfies readonly { code: string; params: readonly string[] }[];

export type MappingFaultCode = (typeof MAPPING_FAULTS)[number]['code'];

/** Thrown by functions, caught by the rule they belong to. */
export class MappingFault extends Error {
  readonly code: MappingFaultCode;
  readonly params: Record<string, string | number>;

  constructor(code: MappingFaultCode, params: Record<string, string | number> = {}) {
    super(code);
    this.name = 'MappingFault';
    this.code = code;
    this.params = params;
  }
}
