import { describe, expect, test } from 'vitest';
import { applyOp } from '#engine/flow/apply-op.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { Json } from '#engine/flow/json.ts';
import type { FlowOp } from '#engine/flow/ops.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { readRecords } from './read-records.ts';
import { recordsAt } from './records-at.ts';
import { samplesAt, type SourceSample, testRecords } from './sample-list.ts';
import { wayTo } from './way.ts';

const rule = (target: string, path: string) => ({ id: target, target, source: { type: 'path', path }, functions: [], onMissing: 'skip' });
const order = { id: 820982911946154508n, paid: true, lines: [{ sku: 'A', n: 2 }, { sku: 'B', n: 1 }] };

function flow(): FlowDocument {
  return new FlowBuilder()
    .node('hook', 'manual-trigger')
    .node('paid', 'filter', { rules: { match: 'all', rules: [{ path: 'paid', operator: 'equals', value: true }] } })
    .node('shape', 'map', { mapping: { rules: [rule('order', 'id'), rule('lines', 'lines')] } })
    .node('each', 'split', { path: 'lines', keep: 'order' })
    .node('call', 'http-request', { connectionId: null, method: 'GET', url: 'https://erp.example' })
    .node('end', 'map', { mapping: { rules: [rule('x', 'y')] } })
    .edge('hook', 'paid').edge('paid.kept', 'shape').edge('shape', 'each').edge('each', 'call').edge('call', 'end')
    .build();
}
const data = (records: readonly { data: unknown }[] | null) => records?.map((record) => record.data) ?? null;
const at = (doc: FlowDocument, nodeId: string, event: Json) => data(recordsAt(wayTo(doc, nodeId), { triggerId: 'hook', data: event }));
const apply = (doc: FlowDocument, op: FlowOp) => {
  const done = applyOp(doc, op);
  if (!done.ok) throw new Error(JSON.stringify(done.reason));
  return done.doc;
};

describe('records at a node', () => {
  test('are what the engine would make of the event on its way, digit for digit', () => {
    const doc = flow();
    expect(at(doc, 'hook', order)).toEqual([order]);
    expect(at(doc, 'paid', order)).toEqual([order]);
    expect(at(doc, 'shape', { ...order, paid: false })).toEqual([]);
    expect(at(doc, 'each', order)).toEqual([{ order: 820982911946154508n, lines: order.lines }]);
    expect(at(doc, 'call', order)).toEqual([
      { sku: 'A', n: 2, order: { order: 820982911946154508n } },
      { sku: 'B', n: 1, order: { order: 820982911946154508n } },
    ]);
    // What a call answers can only be known by asking.
    expect(at(doc, 'end', order)).toBeNull();
    expect(at(doc, 'end', { ...order, paid: false })).toEqual([]);
  });

  test('follow the branch, come together again, and go through what only waits', () => {
    const large = { id: 'large', label: 'Large', rules: { match: 'all', rules: [{ path: 'total', operator: 'greater', value: 100 }] } };
    const doc = new FlowBuilder()
      .node('hook', 'webhook-trigger')
      .node('size', 'branch', { cases: [large], otherwise: true })
      .node('rest', 'wait', { mode: 'for', seconds: 60 })
      .node('both', 'merge')
      .edge('hook', 'size').edge('size.large', 'rest').edge('rest', 'both.a').edge('size.otherwise', 'both.b')
      .node('end', 'map')
      .edge('both', 'end')
      .build();
    expect(at(doc, 'rest', { total: 200 })).toEqual([{ total: 200 }]);
    expect(at(doc, 'rest', { total: 20 })).toEqual([]);
    expect(at(doc, 'end', { total: 20 })).toEqual([{ total: 20 }]);
    expect(at(doc, 'end', { total: 200 })).toEqual([{ total: 200 }]);
  });

  test('a half-written node ends the way, and a cycle does not hang', () => {
    const doc = apply(flow(), { type: 'setConfig', nodeId: 'shape', config: { mapping: 'nonsense' } });
    expect(at(doc, 'each', order)).toBeNull();
    const { edges } = flow();
    const cycle = { ...flow(), edges: [...edges, { id: 'back', from: { node: 'shape', port: 'out' }, to: { node: 'paid', port: 'in' } }] };
    expect(at(cycle, 'each', order)).toBeInstanceOf(Array);
  });
});

test('the way is the same object until something on it changes', () => {
  const doc = flow();
  const way = wayTo(doc, 'each');
  expect(wayTo(apply(doc, { type: 'setConfig', nodeId: 'each', config: { path: 'other' } }), 'each')).toBe(way);
  expect(wayTo(apply(doc, { type: 'moveNodes', positions: { paid: { x: 5, y: 5 } } }), 'each')).toBe(way);
  expect(wayTo(apply(doc, { type: 'setConfig', nodeId: 'paid', config: { rules: { match: 'any', rules: [] } } }), 'each')).not.toBe(way);
  expect(way.triggers.map(({ id }) => id)).toEqual(['hook']);
});

describe('samples', () => {
  const source = (id: string, body: unknown): SourceSample => ({ id, kind: 'event', name: '', at: null, triggerId: 'hook', bodyText: JSON.stringify(body) });
  const steps = new Map([
    ['each', { inputText: '', outputsText: '{"out":[{"key":"0.0","data":{"sku":"T"}}]}' }],
    ['end', { inputText: '{"in":[{"key":"0.0","data":{"a":1}},{"key":"0.1","data":{"a":2.50}}]}', outputsText: '{}' }],
  ]);

  test('are the events that come this far, each as it arrives', () => {
    const list = samplesAt(wayTo(flow(), 'shape'), [source('e1', { paid: true, n: 1 }), source('e2', { paid: false }), { ...source('e3', 0), bodyText: '{' }], null);
    expect(list).toMatchObject([{ id: 'e1', data: { n: 1 } }]);
  });

  test('of the last test are its records at the node, or what left the node before', () => {
    expect(samplesAt(wayTo(flow(), 'end'), [source('e1', { paid: true })], steps).map(({ id, kind, name }) => [id, kind, name])).toEqual([
      ['test:0.0', 'test', '0.0'],
      ['test:0.1', 'test', '0.1'],
    ]);
    expect(data(testRecords(wayTo(flow(), 'call'), steps))).toEqual([{ sku: 'T' }]);
    expect(testRecords(wayTo(flow(), 'shape'), steps)).toEqual([]);
    expect(testRecords(wayTo(flow(), 'end'), null)).toEqual([]);
  });

  test('a payload that is something else holds no records', () => {
    expect([readRecords(undefined), readRecords('x'), readRecords('[]'), readRecords('{"out":1}')]).toEqual([{}, {}, {}, { out: [] }]);
  });
});
