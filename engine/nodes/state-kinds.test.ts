import { describe, expect, test } from 'vitest';
import type { Json } from '../flow/json.ts';
import { NODE_KINDS } from './registry.ts';
import type { StepOutput } from './step.ts';
import { stateWorld } from './testing/memory-state.ts';
import { runNode } from './testing/run-node.ts';

/** Keys per port. */
function keys({ outputs }: StepOutput): Record<string, string[]> {
  return Object.fromEntries(Object.entries(outputs).map(([port, records]) => [port, records.map(({ key }) => key)]));
}

function dataOf({ outputs }: StepOutput, port = 'out'): Json[] {
  return (outputs[port] ?? []).map(({ data }) => data);
}

describe('dedupe', () => {
  test('the first of a key goes on, the next leaves as duplicate, one without a key fails', async () => {
    const orders = [{ id: 1 }, { id: 2 }, { id: '1' }, { id: '' }];
    const output = await runNode(NODE_KINDS.dedupe, orders, { config: { keyPaths: ['id'] } });
    expect(keys(output)).toEqual({ out: ['0', '1'], duplicate: ['2'] });
    expect(output.failures).toMatchObject([{ record: { key: '3' }, class: 'data', code: 'key_missing' }]);
  });

  test('several fields are one key, and never run into each other', async () => {
    const orders = [{ a: 'x', b: 'yz' }, { a: 'xy', b: 'z' }, { a: 'x', b: 'yz' }];
    expect(keys(await runNode(NODE_KINDS.dedupe, orders, { config: { keyPaths: ['a', 'b'] } }))).toEqual({ out: ['0', '1'], duplicate: ['2'] });
  });
});

test('debounce holds the latest, lets others pass meanwhile, and drops what was superseded', async () => {
  const state = stateWorld({ coalesce: ({ key }) => (key === 'a' ? { state: 'hold', until: 99 } : key === 'b' ? { state: 'pass' } : { state: 'superseded' }) });
  const output = await runNode(NODE_KINDS.debounce, [{ sku: 'a' }, { sku: 'b' }, { sku: 'c' }], { config: { keyPaths: ['sku'] }, state });
  expect(keys(output)).toEqual({ out: ['1'] });
  expect(output.holds).toEqual([{ record: { key: '0', data: { sku: 'a' } }, reason: 'coalesce', until: 99, letsOthersPass: true }]);
  expect(output.logs).toEqual(['superseded: 1']);
});

describe('wait', () => {
  const now = Date.parse('2026-03-14T09:30:00Z');

  test('for a time counts from the first look', async () => {
    const state = stateWorld();
    const first = await runNode(NODE_KINDS.wait, [{}], { config: { seconds: 60 }, state, now });
    expect(first.holds).toMatchObject([{ reason: 'wait', until: now + 60_000 }]);
    expect(keys(await runNode(NODE_KINDS.wait, [{}], { config: { seconds: 60 }, state, now: now + 59_000 }))).toEqual({ out: [] });
    expect(keys(await runNode(NODE_KINDS.wait, [{}], { config: { seconds: 60 }, state, now: now + 60_000 }))).toEqual({ out: ['0'] });
  });

  test('until a moment: past ones go on, missing and far ones fail', async () => {
    const records = ['2026-03-14T10:00:00Z', '2026-03-14T08:00:00Z', 'soon', '2027-01-01'].map((at) => ({ at }));
    const output = await runNode(NODE_KINDS.wait, records, { config: { mode: 'until', path: 'at' }, now });
    expect(keys(output)).toEqual({ out: ['1'] });
    expect(output.holds).toMatchObject([{ record: { key: '0' }, until: now + 1_800_000 }]);
    expect(output.failures.map(({ code }) => code)).toEqual(['wait_no_instant', 'wait_too_long']);
  });

  test('a test run does not wait', async () => {
    expect(keys(await runNode(NODE_KINDS.wait, [{}], { test: true }))).toEqual({ out: ['0'] });
  });
});

describe('approval', () => {
  test('asks with filled-in words, and goes on by the answer', async () => {
    const asked: string[] = [];
    const state = stateWorld({
      approval: ({ recordKey, title, timeoutAt }) => {
        asked.push(`${title} ${new Date(timeoutAt).toISOString()}`);
        if (recordKey === '0') return { state: 'approved', by: 'Ada', note: 'fine', at: 0 };
        return recordKey === '1' ? { state: 'timeout' } : { state: 'open', until: timeoutAt };
      },
    });
    const output = await runNode(NODE_KINDS.approval, [{ sum: 5 }, { sum: 6 }, { sum: 7 }], { config: { title: 'Refund {{sum}}', timeoutHours: 1 }, state });
    expect(asked[0]).toBe('Refund 5 2026-03-14T10:30:00.000Z');
    expect(dataOf(output, 'approved')).toEqual([{ sum: 5, approval: { state: 'approved', by: 'Ada', note: 'fine', at: '1970-01-01T00:00:00.000Z' } }]);
    expect(dataOf(output, 'timeout')).toEqual([{ sum: 6, approval: { state: 'timeout' } }]);
    expect(output.holds).toMatchObject([{ record: { key: '2' }, reason: 'approval' }]);
  });
});

describe('lookup table', () => {
  const state = stateWorld({ tables: new Map([['warehouses', new Map<string, Json>([['DE', { code: 'WH-1', days: 2 }]])]]) });
  const countries = [{ country: 'DE' }, { country: 'FR' }];

  test.each<[object, Json[], string[]]>([
    [{ onMissing: 'fail' }, [{ country: 'DE', to: { code: 'WH-1', days: 2 } }], ['lookup_missed']],
    [{ onMissing: 'null', column: 'code' }, [{ country: 'DE', to: 'WH-1' }, { country: 'FR', to: null }], []],
    [{ onMissing: 'skip', column: 'days' }, [{ country: 'DE', to: 2 }, { country: 'FR' }], []],
    [{ onMissing: 'default', column: 'code', default: 'WH-9' }, [{ country: 'DE', to: 'WH-1' }, { country: 'FR', to: 'WH-9' }], []],
  ])('%o', async (config, expected, codes) => {
    const output = await runNode(NODE_KINDS['lookup-table'], countries, { config: { table: 'warehouses', keyPath: 'country', field: 'to', ...config }, state });
    expect(dataOf(output)).toEqual(expected);
    expect(output.failures.map(({ code }) => code)).toEqual(codes);
  });

  test('a table that is gone is a fault of the flow', async () => {
    const { failures } = await runNode(NODE_KINDS['lookup-table'], countries, { config: { table: 'gone', keyPath: 'country', field: 'to' }, state });
    expect(failures).toMatchObject([{ class: 'bug', code: 'lookup_table_missing' }, { class: 'bug' }]);
  });
});

test('cross-reference: what is put is found from both sides; what is not found goes its own way', async () => {
  const state = stateWorld();
  const pair = { entity: 'customer', from: 'shop', to: 'erp' };
  const put = { ...pair, mode: 'put', idPath: 'id', otherIdPath: 'answer.number' };
  const stored = await runNode(NODE_KINDS['cross-reference'], [{ id: 7, answer: { number: 'K-1' } }, { id: 8 }], { config: put, state });
  expect([keys(stored), stored.failures.map(({ code }) => code)]).toEqual([{ out: ['0'] }, ['key_missing']]);
  const get = { ...pair, idPath: 'id', field: 'erp.id', onMissing: 'port' };
  const found = await runNode(NODE_KINDS['cross-reference'], [{ id: 7 }, { id: 9 }], { config: get, state });
  expect(dataOf(found)).toEqual([{ id: 7, erp: { id: 'K-1' } }]);
  expect(keys(found)['missing']).toEqual(['1']);
  const back = { ...get, from: 'erp', to: 'shop', idPath: 'number', field: 'id', onMissing: 'fail' };
  const reverse = await runNode(NODE_KINDS['cross-reference'], [{ number: 'K-1' }, { number: 'K-2' }], { config: back, state });
  expect(dataOf(reverse)).toEqual([{ number: 'K-1', id: '7' }]);
  expect(reverse.failures).toMatchObject([{ code: 'xref_missed', params: { id: 'K-2' } }]);
});

test('flow variable: read with what it is before, set by the last record', async () => {
  const state = stateWorld();
  const get = { name: 'last', field: 'last', initial: '0' };
  expect(dataOf(await runNode(NODE_KINDS['flow-variable'], [{}], { config: get, state }))).toEqual([{ last: 0 }]);
  const set = await runNode(NODE_KINDS['flow-variable'], [{ n: 1 }, { n: 2 }, {}], { config: { mode: 'set', name: 'last', path: 'n' }, state });
  expect([keys(set), set.failures.length, state.checkpoints.get('var:last')]).toEqual([{ out: ['0', '1'] }, 1, 2]);
  expect(dataOf(await runNode(NODE_KINDS['flow-variable'], [{}], { config: get, state }))).toEqual([{ last: 2 }]);
});

test('flow call: each answer leads its own way', async () => {
  const state = stateWorld({
    flowCall: ({ recordKey }) => {
      if (recordKey === '0') return { state: 'answered', status: 200, data: { price: 5 } };
      if (recordKey === '1') return { state: 'answered', status: 404, data: null };
      return recordKey === '2' ? { state: 'open', until: 9 } : { state: 'failed', code: 'http_500', message: 'broken' };
    },
  });
  const config = { flowId: 'other', answer: { mode: 'add', field: 'answer' } };
  const output = await runNode(NODE_KINDS['flow-call'], [{ id: 0 }, { id: 1 }, { id: 2 }, { id: 3 }], { config, state });
  expect(dataOf(output)).toEqual([{ id: 0, answer: { price: 5 } }]);
  expect(output.holds).toMatchObject([{ record: { key: '2' }, reason: 'flow_call', until: 9 }]);
  expect(output.failures.map(({ code }) => code)).toEqual(['flow_call_refused', 'flow_call_failed']);
});

test('flow event says it once per record, and tells when nobody listens', async () => {
  const state = stateWorld({ listeners: 0 });
  const output = await runNode(NODE_KINDS['flow-event'], [{ id: 1 }], { config: { topic: 'order.paid' }, state });
  expect(state.published).toEqual([{ recordKey: '0', topic: 'order.paid', data: { id: 1 } }]);
  expect([keys(output), output.logs]).toEqual([{ out: ['0'] }, ['order.paid: no live flow listens']]);
});

test('flow event: a record nobody can be told of fails, the others go on', async () => {
  const state = stateWorld({ listeners: (key) => (key === '0' ? { state: 'failed', code: 'flow_event_circle', message: 'round and round' } : { state: 'published', listeners: 1 }) });
  const output = await runNode(NODE_KINDS['flow-event'], [{ id: 1 }, { id: 2 }], { config: { topic: 'order.paid' }, state });
  expect(keys(output)).toEqual({ out: ['1'] });
  expect(output.failures).toMatchObject([{ record: { key: '0' }, class: 'data', code: 'flow_event_circle', message: 'round and round' }]);
  expect(output.logs).toEqual([]);
});

describe('respond', () => {
  test.each<[object, object]>([
    [{ status: 201 }, { status: 201, headers: [], body: { id: 'a"b' } }],
    [{ body: { mode: 'none' } }, { status: 200, headers: [], body: null }],
    [{ body: { mode: 'text', text: '{"got":"{{id}}"}' } }, { status: 200, headers: [], body: { got: 'a"b' } }],
    [
      { body: { mode: 'text', text: 'Got {{id}}' }, headers: [{ name: 'X-Id', value: '{{id}}\r\nX: y' }] },
      { status: 200, headers: [['X-Id', 'a"b X: y']], body: 'Got a"b' },
    ],
  ])('%o', async (config, expected) => {
    const state = stateWorld();
    const output = await runNode(NODE_KINDS.respond, [{ id: 'a"b' }, { id: 2 }], { config, state });
    expect(state.responses).toEqual([expected]);
    expect(keys(output)).toEqual({ out: ['0', '1'] });
  });

  test('own text that is no JSON after all fails its record', async () => {
    const { failures } = await runNode(NODE_KINDS.respond, [{}], { config: { body: { mode: 'text', text: '{"got": {{id}} }' } } });
    expect(failures).toMatchObject([{ code: 'respond_malformed' }]);
  });
});
