import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseJson, stringifyJson, type Json } from '#engine/flow/json.ts';
import { compileAsking } from '#engine/mapping/compile-mapping.ts';
import type { Mapping, MappingRule, MappingSource } from '#engine/mapping/mapping-schema.ts';
import { previewWithFormulas, tableRows } from '#engine/mapping/preview-mapping.ts';
import { inlineFormulas } from '#engine/mapping/preview/inline-formulas.ts';
import { anyAskingMapping, anyRecord, TABLES } from '#engine/mapping/testing/mapping-arbitrary.ts';
import { map } from '#engine/nodes/map.ts';
import type { EvaluateRequest, StepOutput } from '#engine/nodes/step.ts';
import { memoryState, stateWorld } from '#engine/nodes/testing/memory-state.ts';
import { createSandbox, type Sandbox } from './pool.ts';

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = createSandbox();
});
afterAll(() => sandbox.close());

const tables = new Map(Object.entries(TABLES).map(([name, rows]) => [name, tableRows(rows)]));
const requests: EvaluateRequest[] = [];
const asked: { table: string; keys: readonly string[] }[] = [];

async function runPage(mapping: Mapping, data: readonly Json[]): Promise<StepOutput> {
  const state = memoryState(stateWorld({ tables: new Map([...tables].map(([name, rows]) => [name, new Map(rows)])) }));
  const config = { mapping };
  return map.execute({
    nodeId: 'map',
    config,
    prepared: compileAsking(mapping),
    records: data.map((one, at) => ({ key: String(at), data: one })),
    inputs: {},
    event: { id: 'e', receivedAt: '2026-03-14T09:26:53.000Z', trigger: 'manual', flowId: 'f', runId: 'r', environment: 'test', test: false },
    ports: {
      call: () => Promise.reject(new Error('no calls')),
      evaluate(request) {
        requests.push(request);
        return sandbox.evaluate({ tenant: 'a', ...request });
      },
      state: {
        ...state,
        lookup(request) {
          asked.push(request);
          return state.lookup(request);
        },
      },
      now: () => 0,
    },
    page: { number: 1, last: true, carry: undefined },
  });
}

function rule(target: string, source: MappingSource, rest: Partial<MappingRule> = {}): MappingRule {
  return { id: target, target, source, functions: [], onMissing: 'skip', ...rest };
}

const formula = (expression: string): MappingSource => ({ type: 'formula', expression });

async function mapped(rules: MappingRule[], text: string): Promise<string> {
  const { outputs, failures } = await runPage({ rules }, [parseJson(text)]);
  const [out] = outputs['out'] ?? [];
  return out === undefined ? (failures[0]?.message ?? '') : stringifyJson(out.data);
}

describe('a mapping with formulas and lookups', () => {
  test('gives in the browser what it gives in the engine', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyAskingMapping, fc.array(anyRecord, { minLength: 1, maxLength: 4 }), async (mapping, data) => {
        const engine = await runPage(mapping, data);
        const previews = await previewWithFormulas(mapping, data, { tables, formulas: inlineFormulas });
        const out = new Map(engine.outputs['out']?.map((record) => [record.key, record.data]));
        const failures = new Map(engine.failures.map((failure) => [failure.record.key, failure]));
        const seen = previews.map(({ output, errors: [first, ...others] }) => (first === undefined ? stringifyJson(output) : { target: first.target, reason: first.code, count: others.length + 1 }));
        // Where the engine fails a record for something other than the mapping, the preview has to fail it too; it counts nothing then.
        const wanted = previews.map((preview, at) => {
          const failure = failures.get(String(at));
          if (failure === undefined) return stringifyJson(out.get(String(at)) ?? null);
          return failure.code === 'mapping_failed' ? failure.params : preview.errors.length > 0 && seen[at];
        });
        expect(seen).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  test('asks the sandbox once and each table once for a page', async () => {
    requests.length = 0;
    asked.length = 0;
    const rules = [
      rule('total', formula('$sum(lines.(price * qty))')),
      rule('lines[]', {
        type: 'forEach',
        path: 'lines',
        rules: [rule('net', formula('price * qty')), rule('share', formula('$round(price * qty / $sum($parent.lines.(price * qty)), 2)')), rule('site', { type: 'lookup', table: 'sites', key: 'site', field: 'name', onMiss: 'fail' })],
      }),
      rule('country', { type: 'lookup', table: 'countries', key: 'country', field: '', onMiss: { default: 'ZZ' } }),
    ];
    const order = (country: string): Json => ({ country, lines: [{ price: 2, qty: 3, site: 'b' }, { price: 1, qty: 2, site: 'a' }] });
    const { outputs, failures } = await runPage({ rules }, [order('de'), order('xx'), order('se')]);
    expect(failures).toEqual([]);
    expect(outputs['out']?.map(({ data }) => data)).toEqual(
      ['DE', 'ZZ', 'SE'].map((country) => ({
        total: 8,
        lines: [
          { net: 6, share: 0.75, site: 'Berlin' },
          { net: 2, share: 0.25, site: 'Aarhus' },
        ],
        country,
      })),
    );
    expect(requests).toHaveLength(1);
    expect(asked.map(({ table, keys }) => [table, keys.length])).toEqual([
      ['sites', 2],
      ['countries', 3],
    ]);
  });

  test('a record that asks nothing costs no call', async () => {
    requests.length = 0;
    const when = { match: 'all' as const, rules: [{ path: 'a', operator: 'exists' as const, value: null }] };
    expect(await mapped([rule('x', formula('1'), { when })], '{"b":1}')).toBe('{}');
    expect(requests).toHaveLength(0);
  });

  test('an endless formula fails its own record, the others go on', { timeout: 60_000 }, async () => {
    const mapping = { rules: [rule('x', formula('a = 1 ? ($f := function($x) { $f($x + 1) }; $f(1)) : a'))] };
    const { outputs, failures } = await runPage(mapping, [{ a: 0 }, { a: 1 }, { a: 2 }]);
    expect(outputs['out']?.map(({ key }) => key)).toEqual(['0', '2']);
    expect(failures.map(({ record, code }) => [record.key, record.data, code])).toEqual([['1', { a: 1 }, 'code_timeout']]);
  });
});

describe('numbers of many digits in formulas', () => {
  const ORDER = '{"id":820982911946154508,"exact":0.1234567890123456789,"price":12.50,"items":[{"id":820982911946154508}]}';

  test.each([
    ['id', '820982911946154508'],
    ['exact', '0.1234567890123456789'],
    ['price', '12.5'],
    ['id ? 1 : 2', '1'],
    ['id = items[0].id', 'true'],
    ['items[id = $$.id].id', '820982911946154508'],
    ['$exists(id)', 'true'],
    ['$string(id)', '"820982911946154508"'],
    ['"ORD-" & id', '"ORD-820982911946154508"'],
    ['{ "ids": items.id }', '{"ids":820982911946154508}'],
    ['$ ~> |items|{"sku": "A"}|', '{"id":820982911946154508,"exact":0.1234567890123456789,"price":12.50,"items":[{"id":820982911946154508,"sku":"A"}]}'],
    ['$number("820982911946154509")', '820982911946154509'],
    ['$number("12.5")', '12.5'],
    ['price * 2', '25'],
    ['$string(id) = "820982911946154508"', 'true'],
  ])('%s keeps them', async (expression, expected) => {
    const text = await mapped([rule('x', formula(expression))], ORDER);
    expect(text.replace('"price":12.5,', '"price":12.50,')).toBe(`{"x":${expected}}`);
  });

  test.each(['id + 1', 'exact * 2', '$sum([id, 1])', 'id > 5', '$round(exact, 2)', '$abs(id)', '-id', '$max([id])', '$floor(id)', '$power(id, 2)', '$formatNumber(id, "0")', '$formatBase(id)', '$average([id, id])', '$fromMillis(id)'])('%s says that it cannot', async (expression) => {
    expect(await mapped([rule('x', formula(expression))], ORDER)).toBe('x: formula_digits');
    const [preview] = await previewWithFormulas({ rules: [rule('x', formula(expression))] }, [parseJson(ORDER)], { formulas: inlineFormulas });
    expect(preview?.errors.map(({ code }) => code)).toEqual(['formula_digits']);
  });
});
