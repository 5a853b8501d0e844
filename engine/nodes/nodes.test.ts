import { describe, expect, test } from 'vitest';
import type { Json } from '../flow/json.ts';
import { referenceOrder, referenceOrderMapping } from '../mapping/reference-order-mapping.ts';
import { findNodeKind, NODE_KINDS, nodeKinds } from './registry.ts';
import { runNode } from './testing/run-node.ts';

const PAID = { match: 'all', rules: [{ path: 'paid', operator: 'equals', value: true }] };
const BIG = { match: 'all', rules: [{ path: 'total', operator: 'greater', value: '100' }] };

describe('the registry', () => {
  test('names agree, and a new node of each kind is readable', () => {
    for (const [name, kind] of Object.entries(NODE_KINDS)) {
      expect(kind.kind).toBe(name);
      expect(findNodeKind(name)).toBe(kind);
    }
    for (const kind of nodeKinds) {
      const config = kind.config.parse(kind.initial());
      expect(kind.config.parse(JSON.parse(JSON.stringify(config)))).toEqual(config);
      expect(kind.summary(config).key).not.toBe('');
      const { inputs, outputs } = kind.ports(config);
      const none = kind.group === 'trigger' || kind.group === 'annotation';
      expect(inputs.length === 0).toBe(none);
      expect(kind.repeatsInputs?.every((port) => inputs.some(({ id }) => id === port)) ?? true).toBe(true);
      expect(new Set(outputs.map(({ id }) => id)).size).toBe(outputs.length);
    }
  });

  test('upgrades lead from every old version to the present one', () => {
    for (const kind of nodeKinds) {
      expect(Object.keys(kind.upgrades ?? {}).map(Number)).toEqual(Array.from({ length: kind.version - 1 }, (_, at) => at + 1));
    }
  });
});

test.each([NODE_KINDS['webhook-trigger'], NODE_KINDS['schedule-trigger'], NODE_KINDS['manual-trigger']])(
  'a trigger passes its event on ($kind)',
  async (kind) => {
    expect(await runNode(kind, [{ id: 1n }])).toEqual({ outputs: { out: [{ key: '0', data: { id: 1n } }] }, failures: [] });
  },
);

test('filter keeps what fits, with the keys it came with', async () => {
  const { outputs } = await runNode(NODE_KINDS.filter, [{ paid: true }, { paid: 'no' }, { paid: 'true' }, {}], {
    config: { rules: PAID },
  });
  expect(outputs['kept']?.map(({ key }) => key)).toEqual(['0', '2']);
});

test('branch sends each record through the first case that fits', async () => {
  const cases = [
    { id: 'paid', label: 'Paid', rules: PAID },
    { id: 'big', label: 'Big', rules: BIG },
  ];
  const records: Json[] = [{ paid: true, total: 500 }, { total: '100.01' }, { total: '99' }];
  const { outputs } = await runNode(NODE_KINDS.branch, records, { config: { cases } });
  expect(Object.entries(outputs).map(([port, kept]) => [port, kept.map(({ key }) => key)])).toEqual([
    ['paid', ['0']],
    ['big', ['1']],
    ['otherwise', ['2']],
  ]);
  const strict = await runNode(NODE_KINDS.branch, records, { config: { cases, otherwise: false } });
  expect(strict.outputs['otherwise']).toBeUndefined();
});

describe('split', () => {
  test('makes a record of each item, with stable keys', async () => {
    const { outputs } = await runNode(NODE_KINDS.split, [{ lines: [1, 2] }, { lines: [] }], { config: { path: 'lines' } });
    expect(outputs['out']).toEqual([
      { key: '0.0', data: 1 },
      { key: '0.1', data: 2 },
    ]);
  });

  test('the parent stays, without the list', async () => {
    const order = { id: 7, cart: { lines: [{ sku: 'A' }, 'B'], note: 'x' } };
    const { outputs } = await runNode(NODE_KINDS.split, [order], { config: { path: 'cart.lines', keep: 'order' } });
    const rest = { id: 7, cart: { note: 'x' } };
    expect(outputs['out']?.map(({ data }) => data)).toEqual([{ sku: 'A', order: rest }, { value: 'B', order: rest }]);
  });

  test('what is no list is a failure of that record alone', async () => {
    const { outputs, failures } = await runNode(NODE_KINDS.split, [{ lines: 'x' }, { lines: [1] }], { config: { path: 'lines' } });
    expect(outputs['out']).toHaveLength(1);
    expect(failures).toMatchObject([{ record: { key: '0' }, class: 'data', code: 'split_not_list', params: { path: 'lines' } }]);
  });
});

test('batch names its list as the far end calls it', async () => {
  const { outputs } = await runNode(NODE_KINDS.batch, [1, 2, 3], { config: { size: 2, field: 'body.items' } });
  expect(outputs['out']?.map(({ data }) => data)).toEqual([{ body: { items: [1, 2] } }, { body: { items: [3] } }]);
});

test('batch gathers records, the last batch may be smaller', async () => {
  const { outputs } = await runNode(NODE_KINDS.batch, [1, 2, 3], { config: { size: 2 } });
  expect(outputs['out']).toEqual([
    { key: 'b0', data: { records: [1, 2] } },
    { key: 'b1', data: { records: [3] } },
  ]);
});

test('map: one bad record fails, the others go on', async () => {
  const good = referenceOrder('A-1');
  const { outputs, failures } = await runNode(NODE_KINDS.map, [good, { ...good, line_items: 'none' }], {
    config: { mapping: referenceOrderMapping() },
  });
  expect(outputs['out']).toMatchObject([{ key: '0', data: { orderId: 'A-1', lineCount: 10 } }]);
  expect(failures).toMatchObject([
    { record: { key: '1' }, class: 'data', code: 'mapping_failed', params: { target: 'lines[]', reason: 'not_a_list', count: 1 } },
  ]);
});

test('raise exception hands every record on, with its reason', async () => {
  const { outputs, failures } = await runNode(NODE_KINDS['raise-exception'], [{ id: 5 }], {
    config: { message: 'Order {{id}} has no customer' },
  });
  expect(outputs).toEqual({});
  expect(failures).toEqual([
    {
      record: { key: '0', data: { id: 5 } },
      class: 'data',
      code: 'raised',
      message: 'Order 5 has no customer',
      params: { message: 'Order 5 has no customer' },
    },
  ]);
});

test('a note does nothing', async () => {
  expect(await runNode(NODE_KINDS.note, [1])).toEqual({ outputs: {}, failures: [] });
});
