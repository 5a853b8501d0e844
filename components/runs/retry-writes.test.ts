import { expect, it } from 'vitest';
import type { FlowNode } from '#engine/flow/document.ts';
import type { RunStepView } from '#server/views/run.ts';
import { retryWrites } from './retry-writes.ts';

function node(id: string, kind: string, method = 'POST'): FlowNode {
  return { id, kind, kindVersion: 1, label: id, position: { x: 0, y: 0 }, config: { method, url: `/${id}` } };
}

function step(nodeId: string, more: Partial<RunStepView> = {}): RunStepView {
  return { nodeId, attempt: 1, state: 'succeeded', recordsIn: 1, recordsOut: 1, outputs: {}, recordsFailed: 0, startedAt: '2026-01-01T00:00:00Z', durationMs: 1, logs: [], ...more };
}

const doc = { nodes: [node('in', 'webhook-trigger'), node('read', 'http-request', 'GET'), node('erp', 'http-request'), node('points', 'http-request', 'PUT')] };

it('names the writes only, not the reads', () => {
  expect(retryWrites(doc, []).map((write) => write.nodeId)).toEqual(['erp', 'points']);
});

it('tells confirmed writes from failed and from unreached ones', () => {
  expect(retryWrites(doc, [step('erp')])).toMatchObject([
    { nodeId: 'erp', outcome: 'done', method: 'POST', url: '/erp' },
    { nodeId: 'points', outcome: 'open', records: null },
  ]);
  expect(retryWrites(doc, [step('erp', { recordsIn: 5, recordsOut: 3, recordsFailed: 2 })])[0]).toMatchObject({ outcome: 'failed', records: 2 });
  expect(retryWrites(doc, [step('erp', { state: 'waiting' })])[0]).toMatchObject({ outcome: 'failed', records: null });
});

it('counts the newest attempt', () => {
  expect(retryWrites(doc, [step('erp', { state: 'failed', recordsFailed: 1 }), step('erp', { attempt: 2 })])[0]).toMatchObject({ outcome: 'done' });
});
