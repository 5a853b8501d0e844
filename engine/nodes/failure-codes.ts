/**
 * Codes a node kind's own execution can give, with the names of their params; texts below `failures.<code>`. Codes of
 * calls (`http_422`, `timeout` …) come from the port that made the call.
 */
export const NODE_FAILURE_CODES = [
  { code: 'mapping_failed', params: ['target', 'reason', 'count'] },
  { code: 'split_not_list', params: ['path'] },
  { code: 'raised', params: ['message'] },
  { code: 'url_value_missing', params: ['path'] },
  { code: 'url_value_invalid', params: ['value'] },
  { code: 'answer_malformed', params: [] },
  { code: 'answer_not_addable', params: [] },
  { code: 'code_failed', params: ['message', 'line'] },
  { code: 'code_syntax', params: ['message', 'line'] },
  { code: 'code_timeout', params: ['message', 'line'] },
  { code: 'code_memory', params: ['message', 'line'] },
  { code: 'code_output_too_large', params: ['message', 'line'] },
  { code: 'code_output_invalid', params: [] },
  { code: 'code_crashed', params: ['message', 'line'] },
  { code: 'code_unavailable', params: ['message', 'line'] },
  { code: 'too_many_pages', params: ['max'] },
  { code: 'records_not_list', params: ['path'] },
  { code: 'paging_in_circles', params: ['address'] },
  { code: 'paging_other_host', params: ['address'] },
  { code: 'paging_address_invalid', params: ['address'] },
  { code: 'collect_full', params: ['max'] },
  { code: 'key_missing', params: ['path'] },
  { code: 'schema_broken', params: ['path', 'rule', 'expected', 'count'] },
  { code: 'lookup_table_missing', params: ['table'] },
  { code: 'lookup_missed', params: ['table', 'key'] },
  { code: 'xref_missed', params: ['entity', 'id', 'from', 'to'] },
  { code: 'variable_too_long', params: ['path', 'max'] },
  { code: 'wait_no_instant', params: ['path', 'value'] },
  { code: 'wait_too_long', params: ['path', 'value'] },
  { code: 'flow_call_timeout', params: [] },
  { code: 'flow_call_failed', params: ['message', 'reason'] },
  { code: 'flow_event_circle', params: [] },
  { code: 'flow_call_refused', params: ['status'] },
  { code: 'respond_malformed', params: [] },
] as const satisfies readonly { code: string; params: readonly string[] }[];

export type NodeFailureCode = (typeof NODE_FAILURE_CODES)[number]['code'];
