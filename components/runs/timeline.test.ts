import { expect, it } from 'vitest';
import type { FlowNode } from '#engine/flow/document.ts';
import type { RunStepView } from '#server/views/run.ts';
import { timeline } from './timeline.ts';

const node = (id: string, kind = 'map'): FlowNode => ({ id, kind, kindVersion: 1, label: id, position: { x: 0, y: 0 }, config: {} });
const step = (nodeId: string, attempt: number, [second, durationMs]: readonly [number, number]): RunStepView => ({
  nodeId,
  attempt,
  state: 'succeeded',
  recordsIn: 1,
  recordsOut: 1,
  outputs: {},
  recordsFailed: 0,
  startedAt: new Date(second * 1_000).toISOString(),
  durationMs,
  logs: [],
});

const doc = { nodes: [node('a'), node('memo', 'note'), node('b'), node('c')] };

it('orders steps by their beginning and adds what was not reached, without notes', () => {
  const entries = timeline(doc, [step('b', 1, [2, 2_000]), step('a', 1, [0, 1_000])], 1);
  expect(entries.map((entry) => entry.node.id)).toEqual(['a', 'b', 'c']);
  expect(entries.map((entry) => [entry.offset, entry.width])).toEqual([[0, 0.25], [0.5, 0.5], [0, 0]]);
});

it('shows one attempt at a time', () => {
  expect(timeline(doc, [step('a', 1, [0, 1]), step('a', 2, [9, 1])], 2).filter((entry) => entry.step !== null)).toHaveLength(1);
});

it('keeps steps whose document cannot be read', () => {
  expect(timeline(null, [step('gone', 1, [0, 0])], 1)).toMatchObject([{ node: { label: 'gone' }, offset: 0 }]);
  expect(timeline(null, [], 1)).toEqual([]);
});
