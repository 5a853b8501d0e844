import { expect, test } from 'vitest';
import { compileFlow } from '#engine/flow/compile.ts';
import type { EventInfo } from '#engine/nodes/step.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { MemoryJournal } from '#engine/testing/memory-journal.ts';
import { MemoryWorld } from '#engine/testing/memory-world.ts';
import { runEvent } from './run-event.ts';
import { correctionsOf } from './with-corrections.ts';

const event: EventInfo = {
  id: 'event-1', receivedAt: '2026-11-23T00:00:00.000Z', trigger: 'webhook', flowId: 'flow-1', runId: 'run-1', environment: 'production', test: false,
};

test('a further attempt takes the record a person has corrected, at that step only', async () => {
  const flow = new FlowBuilder()
    .node('hook', 'webhook-trigger')
    .node('split', 'split', { path: 'lines' })
    .node('erp', 'http-request', { url: 'https://far.example/lines', method: 'POST', answer: { mode: 'keep' } })
    .edge('hook', 'split')
    .edge('split', 'erp');
  const journal = new MemoryJournal();
  journal.remember({ nodeId: correctionsOf('erp'), recordKey: '0.1', value: { line: 'corrected' }, page: 0 });
  journal.flush();
  const world = new MemoryWorld([]);
  const input = { plan: compileFlow(flow.build()), event, nodeId: 'hook', data: { lines: [{ line: 'a' }, { line: 'b' }] }, journal, ports: world.ports() };
  expect((await runEvent({ ...input, attempt: 2 })).state).toBe('succeeded');
  expect([...world.applied.values()].map((body) => JSON.parse(body).line).sort()).toEqual(['a', 'corrected']);
});
