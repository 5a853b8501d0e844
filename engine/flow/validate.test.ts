import { describe, expect, test } from 'vitest';
import type { FlowDocument } from './document.ts';
import type { CheckScope } from './problem.ts';
import { PROBLEM_CODES } from './problem-codes.ts';
import { flowOf, NO_CONNECTIONS, type NodeSketch } from './testing/flow-builder.ts';
import { isPublishable, validateFlow } from './validate.ts';

const MAPPING = {
  rules: [{ id: 'r', target: 'id', source: { type: 'path', path: 'id' }, functions: [], onMissing: 'skip' }],
};
const SCOPE: CheckScope = {
  connections: [
    { id: 'shop', name: 'Shop', connector: 'http', hasWebhookSecret: true },
    { id: 'erp', name: 'ERP', connector: 'http', hasWebhookSecret: false },
  ],
  mayPublishUnverified: false,
};
const HOOK = { kind: 'webhook-trigger', config: { connectionId: 'shop' } };
const HTTP = { kind: 'http-request', config: { connectionId: 'erp', url: '/orders' } };

function codes(doc: FlowDocument, scope: CheckScope = SCOPE): string[] {
  return validateFlow(doc, scope).map(({ code }) => code);
}

/** Problems of one node behind a trigger that is in order. */
function codesOf(node: NodeSketch[string], scope: CheckScope = SCOPE): string[] {
  return codes(flowOf({ hook: { kind: 'manual-trigger' }, node }, ['hook -> node']), scope);
}

function rule(target: string, source: object, rest: object = {}): { mapping: { rules: object[] } } {
  return { mapping: { rules: [...MAPPING.rules, { id: 'x', target, source, functions: [], onMissing: 'skip', ...rest }] } };
}

function mapCodes(config: object): string[] {
  return codesOf({ kind: 'map', config: JSON.parse(JSON.stringify(config)) });
}

test('a complete flow has no problems and may be published', () => {
  const doc = flowOf({ hook: HOOK, map: { kind: 'map', config: { mapping: MAPPING } }, http: HTTP }, [
    'hook -> map',
    'map -> http',
  ]);
  expect(validateFlow(doc, SCOPE)).toEqual([]);
  expect(isPublishable([])).toBe(true);
});

describe('the graph', () => {
  test('without a trigger', () => {
    expect(codes(flowOf({}))).toEqual(['no_trigger']);
  });

  test('a trigger that leads nowhere, a node nothing leads to', () => {
    expect(codes(flowOf({ hook: HOOK, http: HTTP }))).toEqual(['trigger_unconnected', 'node_unreachable']);
  });

  test('a note is nobody’s problem', () => {
    expect(codes(flowOf({ hook: HOOK, http: HTTP, n: { kind: 'note' } }, ['hook -> http']))).toEqual([]);
  });

  test('a cycle names the nodes in it, not those behind it', () => {
    const code = { kind: 'code' };
    const doc = flowOf({ t: { kind: 'manual-trigger' }, a: code, b: code, c: code }, ['t -> a', 'a -> b', 'b -> a', 'b -> c']);
    const cycles = validateFlow(doc, SCOPE).filter(({ code: found }) => found === 'cycle');
    expect(cycles.map(({ nodeId }) => nodeId)).toEqual(['a', 'b']);
  });

  test('edges: ports that are gone, the same twice, a batch where a record is wanted', () => {
    const doc = flowOf({ t: { kind: 'manual-trigger' }, b: { kind: 'batch' }, f: { kind: 'filter', config: { rules: RULES } } }, [
      't -> b',
      't -> b',
      't.gone -> b',
      'b -> f',
    ]);
    expect(codes(doc)).toEqual(['duplicate_edge', 'unknown_port', 'type_mismatch']);
  });

  test('a branch that leads nowhere is a warning', () => {
    const config = { cases: [{ id: 'c1', label: 'Paid', rules: RULES }], otherwise: true };
    const doc = flowOf({ t: { kind: 'manual-trigger' }, b: { kind: 'branch', config }, http: HTTP }, ['t -> b', 'b.c1 -> http']);
    const problems = validateFlow(doc, SCOPE);
    expect(problems).toEqual([
      { code: 'branch_unconnected', severity: 'warning', nodeId: 'b', params: { port: 'otherwise', kind: 'branch' } },
    ]);
    expect(isPublishable(problems)).toBe(true);
  });
});

const RULES = { match: 'all', rules: [{ path: 'paid', operator: 'equals', value: true }] };

describe('nodes', () => {
  const hook = (verification: object, connectionId: string | null = 'shop') =>
    flowOf(
      { hook: { kind: 'webhook-trigger', config: JSON.parse(JSON.stringify({ verification, connectionId })) }, http: HTTP },
      ['hook -> http'],
    );

  test.each<[FlowDocument, string[]]>([
    [hook({ recipe: 'shopify' }, null), ['connection_missing']],
    [hook({ recipe: 'shopify' }, 'gone'), ['connection_unknown']],
    [hook({ recipe: 'shopify' }, 'erp'), ['verification_secret_missing']],
    [hook({ recipe: 'generic' }), ['verification_header_missing']],
    [hook({ recipe: 'generic', header: 'X-Sig' }), []],
    [hook({ recipe: 'none' }, null), ['webhook_unverified_needs_admin']],
  ])('webhook %#', (doc, expected) => {
    expect(codes(doc)).toEqual(expected);
  });

  test('a connection is not called unknown while nobody knows which there are', () => {
    expect(validateFlow(hook({ recipe: 'shopify' }, 'shop'), { mayPublishUnverified: false })).toEqual([]);
  });

  test('a partner admin may publish an unverified webhook, and is told so', () => {
    const problems = validateFlow(hook({ recipe: 'none' }, null), { ...SCOPE, mayPublishUnverified: true });
    expect(problems).toMatchObject([{ code: 'webhook_unverified', severity: 'warning' }]);
  });

  test.each([
    [{ cron: '', timeZone: 'Europe/Berlin' }, ['cron_empty']],
    [{ cron: '61 * * * *', timeZone: 'Europe/Berlin' }, ['cron_invalid']],
    [{ cron: '* * * * * *', timeZone: 'Europe/Berlin' }, ['cron_invalid']],
    [{ cron: '0 6 * * *', timeZone: 'Mars/Olympus' }, ['time_zone_invalid']],
    [{ cron: '0 6 * * 1-5', timeZone: 'America/New_York' }, []],
  ])('schedule %o', (config, expected) => {
    expect(codes(flowOf({ t: { kind: 'schedule-trigger', config }, http: HTTP }, ['t -> http']))).toEqual(expected);
  });

  test.each<[NodeSketch[string], string[]]>([
    [{ kind: 'filter' }, ['rule_path_empty']],
    [{ kind: 'filter', config: { rules: { match: 'all', rules: [] } } }, ['rules_empty']],
    [{ kind: 'filter', config: { rules: { match: 'all', rules: [{ path: 'a..b', operator: 'exists', value: null }] } } }, ['rule_path_invalid']],
    [{ kind: 'filter', config: { rules: { match: 'all', rules: [{ path: 'a', operator: 'equals', value: '' }] } } }, ['rule_value_missing']],
    [{ kind: 'filter', config: { rules: 'all' } }, ['config_invalid']],
    [{ kind: 'branch', config: { cases: [] } }, ['branch_without_cases']],
    [{ kind: 'split' }, ['path_empty']],
    [{ kind: 'split', config: { path: 'a[' } }, ['path_invalid']],
    [{ kind: 'split', config: { path: 'a', keep: '__proto__' } }, ['keep_invalid']],
    [{ kind: 'batch', config: { size: 0 } }, ['batch_size_range']],
    [{ kind: 'batch', config: { size: 2.5 } }, ['batch_size_range']],
    [{ kind: 'code', config: { script: ' ', timeoutMs: 1 } }, ['code_empty', 'timeout_range']],
    [{ kind: 'code', config: { script: 'x'.repeat(50_001) } }, ['code_too_long']],
    [{ kind: 'raise-exception' }, ['message_empty']],
    [{ kind: 'raise-exception', config: { message: '{{' } }, ['template_invalid']],
    [{ kind: 'http-request' }, ['url_empty']],
    [{ kind: 'http-request', config: { url: '/orders' } }, ['url_needs_connection']],
    [{ kind: 'http-request', config: { url: 'https://{{host}}/x' } }, ['url_template_host']],
    [{ kind: 'http-request', config: { url: 'ftp://host/x' } }, ['url_invalid']],
    [{ kind: 'http-request', config: { url: 'https://' } }, ['url_invalid']],
    [{ kind: 'http-request', config: { url: '//evil.example/x', connectionId: 'erp' } }, ['url_invalid']],
    [{ kind: 'http-request', config: { url: '/x', connectionId: 'gone' } }, ['connection_unknown']],
    [{ kind: 'http-request', config: { ...HTTP.config, headers: [{ name: 'bad name', value: '' }] } }, ['header_invalid']],
    [{ kind: 'http-request', config: { ...HTTP.config, headers: [{ name: 'Host', value: '' }] } }, ['header_reserved']],
    [{ kind: 'http-request', config: { ...HTTP.config, query: [{ name: '', value: '' }] } }, ['query_name_empty']],
    [{ kind: 'http-request', config: { ...HTTP.config, timeoutSeconds: 0 } }, ['timeout_range']],
    [{ kind: 'http-request', config: { ...HTTP.config, body: { mode: 'text' } } }, ['body_empty']],
    [{ kind: 'http-request', config: { ...HTTP.config, method: 'GET', body: { mode: 'text' } } }, ['body_not_sent']],
    [{ kind: 'http-request', config: { ...HTTP.config, answer: { mode: 'add' } } }, ['answer_field_invalid']],
    [{ kind: 'http-request', config: { ...HTTP.config, businessKey: 'a[' } }, ['path_invalid']],
  ])('%o', (node, expected) => {
    expect(codesOf(node).filter((code) => code !== 'branch_unconnected')).toEqual(expected);
  });

  test('cases: names, and rules that an earlier case already catches', () => {
    const same = { label: 'A', rules: RULES };
    const config = { cases: [{ id: 'a', ...same }, { id: 'b', ...same }, { id: 'c', label: '', rules: RULES }], otherwise: false };
    const found = codesOf({ kind: 'branch', config: JSON.parse(JSON.stringify(config)) });
    expect(found.filter((code) => code.startsWith('case'))).toEqual([
      'case_label_duplicate',
      'case_never_reached',
      'case_label_empty',
      'case_never_reached',
    ]);
  });
});

describe('mappings', () => {
  const id = { type: 'path', path: 'id' };
  test.each<[object, string[]]>([
    [{ mapping: { rules: [] } }, ['mapping_empty']],
    [rule('', id), ['mapping_target_empty']],
    [rule('a[', id), ['mapping_target_invalid']],
    [rule('a[].b', id), ['mapping_target_invalid']],
    [rule('id', id), ['mapping_target_duplicate']],
    [rule('id', id, { when: RULES }), []],
    [rule('id.inner', id), ['mapping_target_conflict']],
    [rule('b', { type: 'path', path: '' }), ['mapping_source_empty']],
    [rule('b', { type: 'path', path: '^.x' }), ['mapping_source_invalid']],
    [rule('b', { type: 'path', path: '__proto__.x' }), ['mapping_source_invalid']],
    [rule('b', { type: 'target', path: 'later' }), ['mapping_target_reference_unknown']],
    [rule('b', { type: 'target', path: 'id' }), []],
    [rule('b', { type: 'index' }), ['mapping_index_outside_list']],
    [rule('b', { type: 'forEach', path: 'x', rules: MAPPING.rules }), ['mapping_target_not_list']],
    [rule('b[]', { type: 'forEach', path: 'x', rules: [] }), ['mapping_list_empty']],
    [rule('b[]', { type: 'forEach', path: 'x', rules: MAPPING.rules }), []],
    [rule('b', id, { functions: [{ fn: 'text.shout', args: [] }] }), ['mapping_function_unknown']],
    [rule('b', id, { functions: [{ fn: 'text.prefix', args: [] }] }), ['mapping_function_arguments']],
    [rule('b', id, { functions: [{ fn: 'number.add', args: ['x'] }] }), ['mapping_argument_invalid']],
    [rule('b', id, { functions: [{ fn: 'number.add', args: ['1.50'] }] }), []],
    [rule('b', id, { functions: [{ fn: 'number.add', args: [{ path: 'a[' }] }] }), ['mapping_argument_invalid']],
    [rule('b', id, { when: { match: 'all', rules: [{ path: '', operator: 'exists', value: null }] } }), ['rule_path_empty']],
  ])('%j', (config, expected) => {
    expect(mapCodes(config)).toEqual(expected);
  });
});

test('settings: ranges and paths', () => {
  const doc = flowOf({ hook: HOOK, http: HTTP }, ['hook -> http'], {
    orderingKey: 'a[',
    businessKeys: [{ label: '', path: '' }],
    retry: { maxAttempts: 0, baseSeconds: 0, maxSeconds: -1 },
    concurrency: 1_000,
  });
  expect(codes(doc)).toEqual([
    'retry_attempts_range',
    'retry_base_range',
    'retry_max_range',
    'concurrency_range',
    'ordering_key_invalid',
    'business_key_label_empty',
    'business_key_invalid',
  ]);
});

test('every problem has the params its text was promised', () => {
  const promised = new Map<string, readonly string[]>(PROBLEM_CODES.map(({ code, params }) => [code, params]));
  expect(promised.size).toBe(PROBLEM_CODES.length);
  const doc = flowOf({ hook: { kind: 'schedule-trigger', config: { cron: '61 * * * *', timeZone: 'UTC' } }, m: { kind: 'map' } });
  for (const { code, params = {} } of validateFlow(doc, NO_CONNECTIONS)) {
    expect(Object.keys(params).sort()).toEqual([...(promised.get(code) ?? ['unknown code'])].sort());
  }
});

describe('pages, state, other flows', () => {
  const LIST = { connectionId: 'erp', url: '/products', paging: { style: 'link' } };
  const POLL = { connectionId: 'shop', url: '/orders' };
  const KNOWN: CheckScope = { ...SCOPE, flowId: 'me', flows: [{ id: 'me', name: 'This' }, { id: 'other', name: 'Other' }], lookupTables: ['warehouses'] };
  const XREF = { entity: 'customer', from: 'shop', to: 'erp', idPath: 'id', field: 'erpId' };
  const quiet = ['branch_unconnected'];

  function found(node: NodeSketch[string]): string[] {
    return codesOf(JSON.parse(JSON.stringify(node)), KNOWN).filter((code) => !quiet.includes(code));
  }

  test.each<[NodeSketch[string], string[]]>([
    [{ kind: 'http-pages' }, ['url_empty']],
    [{ kind: 'http-pages', config: LIST }, []],
    [{ kind: 'http-pages', config: { ...LIST, recordsPath: 'a[' } }, ['path_invalid']],
    [{ kind: 'http-pages', config: { ...LIST, paging: { style: 'page' } } }, ['query_name_empty']],
    [{ kind: 'http-pages', config: { ...LIST, paging: { style: 'page', pageParam: 'p', firstPage: 1.5 } } }, ['paging_first_page']],
    [{ kind: 'http-pages', config: { ...LIST, paging: { style: 'offset', offsetParam: 'o', ends: 'short' } } }, ['paging_size_needed']],
    [{ kind: 'http-pages', config: { ...LIST, paging: { style: 'cursor', cursorParam: 'c' } } }, ['path_empty']],
    [{ kind: 'http-pages', config: { ...LIST, paging: { style: 'next-url', nextPath: 'a[' } } }, ['path_invalid']],
    [{ kind: 'http-pages', config: { ...LIST, paging: { style: 'link', maxPages: 0 } } }, ['number_range']],
    [{ kind: 'collect', config: { field: 'x', max: 0 } }, ['number_range']],
    [{ kind: 'formula' }, ['formula_empty', 'field_name_empty']],
    [{ kind: 'validate' }, ['schema_empty']],
    [{ kind: 'validate', config: { schema: '{' } }, ['schema_malformed']],
    [{ kind: 'validate', config: { schema: '{"pattern":"(?=a)"}' } }, ['schema_pattern_unsafe']],
    [{ kind: 'validate', config: { schema: '{"$ref":"http://x/y"}' } }, ['schema_reference_unknown']],
    [{ kind: 'validate', config: { schema: '{"magic":1}' } }, ['schema_keyword_unsupported']],
    [{ kind: 'validate', config: { schema: '{"type":"thing"}' } }, ['schema_invalid']],
    [{ kind: 'dedupe' }, ['path_empty']],
    [{ kind: 'dedupe', config: { keyPaths: [], windowHours: 5_000 } }, ['key_paths_empty', 'duration_range']],
    [{ kind: 'debounce', config: { keyPaths: ['id'], seconds: 0 } }, ['duration_range']],
    [{ kind: 'wait', config: { seconds: 31 * 86_400 } }, ['duration_range']],
    [{ kind: 'wait', config: { mode: 'until' } }, ['path_empty']],
    [{ kind: 'approval' }, ['approval_title_empty']],
    [{ kind: 'approval', config: { title: '{{', timeoutHours: 800 } }, ['template_invalid', 'duration_range']],
    [{ kind: 'lookup-table' }, ['lookup_table_empty', 'path_empty', 'field_name_empty']],
    [{ kind: 'lookup-table', config: { table: 'gone', keyPath: 'a', field: 'b' } }, ['lookup_table_unknown']],
    [{ kind: 'lookup-table', config: { table: 'warehouses', keyPath: 'a', field: 'b' } }, []],
    [{ kind: 'cross-reference' }, ['xref_entity_empty', 'xref_system_empty', 'xref_system_empty', 'path_empty', 'field_name_empty']],
    [{ kind: 'cross-reference', config: { ...XREF, to: 'shop' } }, ['xref_same_system']],
    [{ kind: 'cross-reference', config: { ...XREF, mode: 'put' } }, ['path_empty']],
    [{ kind: 'flow-variable' }, ['variable_name_empty', 'field_name_empty']],
    [{ kind: 'flow-variable', config: { mode: 'set', name: 'a b', path: 'x' } }, ['variable_name_invalid']],
    [{ kind: 'flow-call' }, ['flow_empty']],
    [{ kind: 'flow-call', config: { flowId: 'me' } }, ['flow_calls_itself']],
    [{ kind: 'flow-call', config: { flowId: 'gone' } }, ['flow_unknown']],
    [{ kind: 'flow-call', config: { flowId: 'other', answer: { mode: 'add' } } }, ['field_name_empty']],
    [{ kind: 'flow-event' }, ['topic_empty']],
    [{ kind: 'flow-event', config: { topic: 'Order paid' } }, ['topic_invalid']],
    [{ kind: 'respond' }, ['respond_to_nobody']],
    [{ kind: 'try' }, ['try_without_body', 'try_without_failed']],
    [{ kind: 'compensate', config: { url: 'https://x.example/undo' } }, ['compensate_of_empty']],
    [{ kind: 'compensate', config: { of: 'gone', url: 'https://x.example/undo' } }, ['compensate_of_unknown']],
    [{ kind: 'compensate', config: { of: 'hook', url: 'https://x.example/undo' } }, ['compensate_outside_try']],
  ])('%o', (node, expected) => {
    expect(found(node)).toEqual(expected);
  });

  test.each<[NodeSketch[string], string[]]>([
    [{ kind: 'poll-trigger' }, ['url_empty']],
    [{ kind: 'poll-trigger', config: POLL }, []],
    [{ kind: 'poll-trigger', config: { ...POLL, schedule: { mode: 'interval', everyMinutes: 0, cron: '', timeZone: '' } } }, ['number_range']],
    [{ kind: 'poll-trigger', config: { ...POLL, schedule: { mode: 'cron', everyMinutes: 5, cron: '', timeZone: 'Europe/Berlin' } } }, ['cron_empty']],
    [{ kind: 'poll-trigger', config: { ...POLL, keyPath: '' } }, ['path_empty']],
    [{ kind: 'poll-trigger', config: { ...POLL, keyPath: '', checkpoint: { path: 'id', initial: '0', overlapSeconds: 0 } } }, []],
    [{ kind: 'api-trigger' }, ['connection_missing']],
    [{ kind: 'api-trigger', config: { connectionId: 'shop', timeLimitSeconds: 90, requestSchema: '{' } }, ['timeout_range', 'schema_malformed']],
    [{ kind: 'flow-trigger', config: { topic: 'no good' } }, ['topic_invalid']],
    [
      { kind: 'schedule-trigger', config: { cron: '0 6 * * *', timeZone: 'Europe/Berlin', blackouts: [{ from: '', to: 'x' }, { from: '2026-11-28T00:00', to: '2026-11-27T00:00' }] } },
      ['blackout_invalid', 'blackout_reversed'],
    ],
  ])('%o', (trigger, expected) => {
    expect(codes(flowOf(JSON.parse(JSON.stringify({ t: trigger, http: HTTP })), ['t -> http']), KNOWN)).toEqual(expected);
  });

  test('a response needs somebody who waits for it', () => {
    expect(codes(flowOf({ t: { kind: 'api-trigger', config: { connectionId: 'shop' } }, r: { kind: 'respond' } }, ['t -> r']))).toEqual([]);
    expect(codes(flowOf({ t: { kind: 'flow-trigger' }, m: { kind: 'manual-trigger' }, r: { kind: 'respond' } }, ['t -> r', 'm -> r']))).toEqual([]);
  });

  test('a flow must not hear its own events', () => {
    const doc = flowOf({ t: { kind: 'flow-trigger', config: { topic: 'a.b' } }, e: { kind: 'flow-event', config: { topic: 'a.b' } } }, ['t -> e']);
    expect(codes(doc)).toEqual(['topic_heard_here']);
  });

  test('one paged source behind a trigger', () => {
    const list = JSON.parse(JSON.stringify({ kind: 'http-pages', config: LIST }));
    const doc = flowOf({ t: { kind: 'manual-trigger' }, a: list, b: list, http: HTTP }, ['t -> a', 'a -> b', 'b -> http']);
    expect(validateFlow(doc, SCOPE)).toEqual([{ code: 'two_paged_sources', severity: 'error', nodeId: 'b' }]);
    expect(codes(flowOf({ t: { kind: 'manual-trigger' }, u: { kind: 'manual-trigger' }, a: list, b: list, http: HTTP }, ['t -> a', 'u -> b', 'a -> http', 'b -> http']))).toEqual([]);
  });

  test('a join needs both sides, and whole lists to say what has no partner at all', () => {
    const config = JSON.parse(JSON.stringify({ leftKey: 'a', rightKey: 'b', mode: 'full', as: 'c' }));
    const list = JSON.parse(JSON.stringify({ kind: 'http-pages', config: LIST }));
    expect(codes(flowOf({ t: { kind: 'manual-trigger' }, j: { kind: 'join', config } }, ['t -> j.left']))).toEqual(['join_without_right']);
    expect(codes(flowOf({ t: { kind: 'manual-trigger' }, p: list, j: { kind: 'join', config } }, ['t -> p', 'p -> j.left', 't -> j.right']))).toEqual(['join_full_paged']);
  });

  test('a compensation hangs below the failed way of a try', () => {
    const undo = { kind: 'compensate', config: { of: 'http', url: 'https://x.example/undo' } };
    const doc = flowOf({ t: { kind: 'manual-trigger' }, try: { kind: 'try' }, http: HTTP, undo }, ['t -> try', 'try.body -> http', 'try.failed -> undo']);
    expect(codes(doc)).toEqual([]);
  });
});

test('a try catches something, and no two of them the same', () => {
  const http = { kind: 'http-request', config: { connectionId: 'erp', url: '/orders' } };
  const nodes = { hook: { kind: 'manual-trigger' }, try: { kind: 'try' }, a: http, b: http, undo: http };
  expect(codes(flowOf(nodes, ['hook -> try', 'try.body -> a', 'a -> b', 'try.failed -> undo', 'undo -> b']))).toEqual([]);
  expect(codes(flowOf(nodes, ['hook -> try', 'try.body -> a', 'a -> b', 'try.failed -> undo', 'undo -> a']))).toEqual(['try_feeds_back']);
  const two = { ...nodes, try2: { kind: 'try' }, undo2: http };
  const both = ['hook -> try', 'try.failed -> undo', 'try2.failed -> undo2', 'try.body -> a', 'a -> b'];
  expect(codes(flowOf(two, [...both, 'hook -> try2', 'try2.body -> b']))).toEqual(['try_overlap']);
  expect(codes(flowOf(two, ['hook -> try', 'try.failed -> undo', 'try2.failed -> undo2', 'try.body -> a', 'a -> try2', 'try2.body -> b']))).toEqual([]);
});

test('what is taken back was done in the try whose failures arrive', () => {
  const http = { kind: 'http-request', config: { connectionId: 'erp', url: '/orders' } };
  const undo = (of: string): NodeSketch[string] => ({ kind: 'compensate', config: { of, connectionId: 'erp', url: '/orders/1' } });
  const edges = ['hook -> before', 'before -> try', 'try.body -> a', 'try.failed -> undo'];
  const nodes = { hook: { kind: 'manual-trigger' }, before: http, try: { kind: 'try' }, a: http };
  expect(codes(flowOf({ ...nodes, undo: undo('a') }, edges))).toEqual([]);
  expect(codes(flowOf({ ...nodes, undo: undo('before') }, edges))).toEqual(['compensate_of_outside']);
});
