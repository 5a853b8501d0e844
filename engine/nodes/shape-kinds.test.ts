import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../flow/json.ts';
import { NODE_KINDS } from './registry.ts';
import type { CallRequest, StepOutput } from './step.ts';
import { runNode } from './testing/run-node.ts';

function pairs({ outputs }: StepOutput, port = 'out'): [string, Json][] {
  return (outputs[port] ?? []).map(({ key, data }) => [key, data]);
}

describe('over pages', () => {
  /** All that comes out when the records come in pages of the given sizes. */
  async function inPages(kind: 'batch' | 'collect', sizes: number[], config: object): Promise<StepOutput[]> {
    const outputs: StepOutput[] = [];
    let carry: Json | undefined;
    let next = 0;
    for (const [index, size] of sizes.entries()) {
      const records = Array.from({ length: size }, () => (next += 1));
      const page = { number: index + 1, last: index === sizes.length - 1, carry };
      const output = await runNode(NODE_KINDS[kind], records, { config, page });
      carry = output.carry === undefined ? undefined : JSON.parse(JSON.stringify(output.carry));
      outputs.push(output);
    }
    return outputs;
  }

  test('batch fills batches over the edges of pages, and loses or doubles nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 12 }), async (sizes, size) => {
        const batches = (await inPages('batch', sizes, { size })).flatMap((output) => pairs(output));
        const total = sizes.reduce((sum, count) => sum + count, 0);
        expect(batches.flatMap(([, data]) => Object(data).records)).toEqual(Array.from({ length: total }, (_, index) => index + 1));
        expect(batches.map(([key]) => key)).toEqual(batches.map((_, index) => `b${index}`));
        expect(batches.slice(0, -1).every(([, data]) => Object(data).records.length === size)).toBe(true);
      }),
    );
  });

  test('collect gives one record at the end; what does not fit fails', async () => {
    const outputs = await inPages('collect', [2, 0, 2], { field: 'items', max: 3 });
    expect(outputs.flatMap((output) => pairs(output))).toEqual([['c0', { items: [1, 2, 3], count: 3 }]]);
    expect(outputs.at(-1)?.failures).toMatchObject([{ code: 'collect_full', params: { max: 3 } }]);
  });
});

test('merge appends, and tells the second way of a record from the first', async () => {
  const output = await runNode(NODE_KINDS.merge, [], { inputs: { a: [1], b: [2] } });
  expect(pairs(output)).toEqual([['0', 1], ['0.b', 2]]);
});

describe('join', () => {
  const left = [{ sku: 'A' }, { sku: 'B' }, { sku: null }];
  const right = [{ no: 'A', qty: 1 }, { no: 'A', qty: 2 }, { no: 'C', qty: 3 }];

  test.each<[object, [string, Json][]]>([
    [
      { mode: 'left' },
      [
        ['0', { sku: 'A', stock: { no: 'A', qty: 1 } }],
        ['0.j1', { sku: 'A', stock: { no: 'A', qty: 2 } }],
        ['1', { sku: 'B' }],
        ['2', { sku: null }],
      ],
    ],
    [{ mode: 'inner', matches: 'list' }, [['0', { sku: 'A', stock: [{ no: 'A', qty: 1 }, { no: 'A', qty: 2 }] }]]],
    [
      { mode: 'full', matches: 'list' },
      [
        ['0', { sku: 'A', stock: [{ no: 'A', qty: 1 }, { no: 'A', qty: 2 }] }],
        ['1', { sku: 'B' }],
        ['2', { sku: null }],
        ['2.r', { stock: [{ no: 'C', qty: 3 }] }],
      ],
    ],
  ])('%o', async (config, expected) => {
    const output = await runNode(NODE_KINDS.join, [], { config: { leftKey: 'sku', rightKey: 'no', as: 'stock', ...config }, inputs: { left, right } });
    expect(pairs(output)).toEqual(expected);
  });
});

describe('validate', () => {
  const schema = JSON.stringify({ type: 'object', required: ['id'], properties: { id: { type: 'integer' } } });

  test('what breaks the schema fails with the place', async () => {
    const output = await runNode(NODE_KINDS.validate, [{ id: 1 }, { id: 'x' }], { config: { schema } });
    expect(pairs(output, 'valid')).toEqual([['0', { id: 1 }]]);
    expect(output.failures).toMatchObject([{ class: 'data', code: 'schema_broken', message: 'id: type integer', params: { path: 'id', rule: 'type', count: 1 } }]);
  });

  test('or leaves by a way of its own, with what is wrong', async () => {
    const output = await runNode(NODE_KINDS.validate, [{}], { config: { schema, onInvalid: 'port' } });
    expect(pairs(output, 'invalid')).toEqual([['0', { record: {}, errors: [{ path: 'id', rule: 'required', expected: '' }] }]]);
  });
});

test('formula is evaluated once per page, and its result is added or replaces', async () => {
  const asked: string[] = [];
  const evaluate = ({ language, script, input }: { language?: string; script: string; input: string }) => {
    asked.push(`${language} ${script} ${input}`);
    return { ok: true as const, output: '[{"key":"0","results":[7]},\n{"key":"1","results":[1,2]}]', logs: [] };
  };
  const added = await runNode(NODE_KINDS.formula, [{ a: 1 }, { a: 2 }], { config: { expression: 'a * 7', field: 'sum.total' }, evaluate });
  expect(asked).toHaveLength(1);
  expect(asked[0]).toContain('jsonata a * 7 [{"key":"0"');
  expect(pairs(added)).toEqual([['0', { a: 1, sum: { total: 7 } }], ['1', { a: 2, sum: { total: [1, 2] } }]]);
  const replaced = await runNode(NODE_KINDS.formula, [{ a: 1 }], { config: { expression: 'a', target: 'replace' }, evaluate });
  expect(pairs(replaced)).toEqual([['0', 7]]);
});

describe('try and compensate', () => {
  test('try hands everything to its body', async () => {
    expect(pairs(await runNode(NODE_KINDS.try, [{ id: 1 }]), 'body')).toEqual([['0', { id: 1 }]]);
  });

  test('compensate takes back only what was done, with what it was answered', async () => {
    const calls: CallRequest[] = [];
    const report = (done: Json): Json => ({ record: { order: 5 }, failure: { node: 'n', code: 'http_500', class: 'transient', message: '' }, done });
    const records = [report([{ nodeId: 'erp', answer: { id: 'S-1' } }]), report([{ nodeId: 'other', answer: {} }])];
    const output = await runNode(NODE_KINDS.compensate, records, {
      config: { of: 'erp', url: 'https://erp.example/orders/{{answer.id}}/cancel', headers: [{ name: 'x-why', value: '{{failure.code}}' }] },
      call: (request) => {
        calls.push(request);
        return { ok: true, status: 200, headers: {}, bodyText: '', exchangeId: 'x' };
      },
    });
    expect(calls).toMatchObject([{ recordKey: '0', url: 'https://erp.example/orders/S-1/cancel', body: '{"order":5}', method: 'POST', idempotencyHeader: 'Idempotency-Key' }]);
    expect(calls[0]?.headers).toContainEqual(['x-why', 'http_500']);
    expect(pairs(output).map(([, data]) => data)).toEqual(records);
  });
});
