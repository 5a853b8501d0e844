import { expect, test } from 'vitest';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { createRunRecords } from './run-records.ts';

const doc = new FlowBuilder()
  .node('hook', 'webhook-trigger')
  .node('lines', 'split', { path: 'lines' })
  .node('open', 'filter')
  .node('erp', 'http-request')
  .node('pages', 'http-pages')
  .edge('hook', 'lines').edge('lines', 'open').edge('open.kept', 'erp').edge('erp', 'pages')
  .build();
const body = { lines: [{ n: 1 }, { n: 2 }] };

test('what steps passed on is filled in: by key, or as a whole where nothing was kept', () => {
  const records = createRunRecords({
    doc, triggerNodeId: 'hook', body,
    payloads: new Map([['lines', '{"out":[{"key":"0.0","data":{"n":1}},{"key":"0.1","data":{"n":2}}]}'], ['open', '{"kept":[{"key":"0.1"}],"~truncated":{"size":9,"records":1,"kept":1}}']]),
    counts: new Map<string, Record<string, number>>([['hook', { out: 1 }], ['lines', { out: 2 }], ['open', { kept: 1 }], ['erp', { out: 1, failed: 0 }], ['pages', { out: 1 }]]),
    corrections: [],
  });
  expect(records.outputOf('hook')).toEqual({ out: [{ key: '0', data: body }] });
  expect(records.outputOf('open')).toEqual({ kept: [{ key: '0.1', data: { n: 2 } }] });
  expect(records.outputOf('erp')).toEqual({ out: [{ key: '0.1', data: { n: 2 } }] });
  expect(records.leftOutOf('open')).toEqual({ size: 9, records: 1, kept: 1 });
  expect(records.leftOutOf('lines')).toBeNull();
  expect(['open', 'erp', 'pages'].map((node) => records.arrivedInPart(node))).toEqual([false, true, true]);
  // A paged source gives other records than it takes.
  expect(records.outputOf('pages')).toEqual({});
});

test('what is gone is not made up', () => {
  const records = createRunRecords({ doc, triggerNodeId: 'hook', body, payloads: new Map(), counts: new Map<string, Record<string, number>>([['lines', { out: 2 }]]), corrections: [] });
  expect(records.outputOf('lines')).toEqual({});
  expect(records.inputOf('open')).toEqual({ in: [] });
});

test('a record whose data was left out where it came from has none', () => {
  const records = createRunRecords({
    doc, triggerNodeId: 'hook', body, corrections: [],
    payloads: new Map([['lines', '{"out":[{"key":"0.0","data":{"n":1}}],"~truncated":{"size":99,"records":2,"kept":1}}'], ['open', '{"kept":[{"key":"0.0"},{"key":"0.1"}]}']]),
    counts: new Map<string, Record<string, number>>([['lines', { out: 2 }], ['open', { kept: 2 }], ['erp', { out: 2 }]]),
  });
  expect(records.outputOf('open')).toEqual({ kept: [{ key: '0.0', data: { n: 1 } }, { key: '0.1' }] });
  expect(records.arrivedInPart('open')).toBe(true);
});

test('a step that met a corrected record shows that one, and so do the steps behind it', () => {
  const records = createRunRecords({
    doc, triggerNodeId: 'hook', body,
    payloads: new Map([['lines', '{"out":[{"key":"0.0","data":{"n":1}},{"key":"0.1","data":{"n":2}}]}'], ['open', '{"kept":[{"key":"0.0"},{"key":"0.1"}]}']]),
    counts: new Map<string, Record<string, number>>([['lines', { out: 2 }], ['open', { kept: 2 }], ['erp', { out: 2 }]]),
    corrections: [{ nodeId: 'erp', recordKey: '0.1', data: { n: 20 } }, { nodeId: 'erp', recordKey: '0.0' }],
  });
  expect(records.outputOf('open')).toEqual({ kept: [{ key: '0.0', data: { n: 1 } }, { key: '0.1', data: { n: 2 } }] });
  expect(records.inputOf('erp')).toEqual({ in: [{ key: '0.0', corrected: true }, { key: '0.1', data: { n: 20 }, corrected: true }] });
  expect(records.outputOf('erp')).toEqual({ out: records.inputOf('erp')['in'] });
});
