import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFlow, type FlowPlan } from '#engine/flow/compile.ts';
import type { EventInfo } from '#engine/nodes/step.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { MemoryJournal } from '#engine/testing/memory-journal.ts';
import { Killed, MemoryWorld, type Fault } from '#engine/testing/memory-world.ts';
import type { RunOutcome } from './outcome.ts';
import { runEvent } from './run-event.ts';

const event: EventInfo = {
  id: 'event-1', receivedAt: '2026-11-23T00:00:00.000Z', trigger: 'webhook', flowId: 'flow-1', runId: 'run-1', environment: 'production', test: false,
};

/** Attempts until the run ends, taking up again after every kill with what was durable. */
async function toTheEnd(plan: FlowPlan, world: MemoryWorld, lines: number) {
  const journal = new MemoryJournal();
  const data = { lines: Array.from({ length: lines }, (_, line) => ({ line })) };
  let attempt = 1;
  for (let turn = 0; turn < 400; turn += 1) {
    let outcome: RunOutcome;
    try {
      outcome = await runEvent({ plan, event, nodeId: 'hook', data, journal, ports: world.ports(), attempt });
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      // Calls beside the one that was killed end on their own and are forgotten with the process.
      await new Promise((resolve) => setImmediate(resolve));
      journal.crash();
      continue;
    }
    journal.flush();
    if (!outcome.retry) return { outcome, journal, attempt };
    if (outcome.retry.spendsAttempt) attempt += 1;
  }
  throw new Error('The run does not end.');
}

interface Shape {
  lines: number;
  nodes: { kind: 'write' | 'read' | 'batch'; parents: number[] }[];
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  lines: fc.integer({ min: 1, max: 5 }),
  nodes: fc.array(fc.record({ kind: fc.constantFrom<'write' | 'read' | 'batch'>('write', 'write', 'read', 'batch'), parents: fc.uniqueArray(fc.nat(20), { minLength: 1, maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 7,
  }),
});
const faults = fc.array(fc.constantFrom<Fault>('none', 'none', 'transient', 'limited', 'lost_answer', 'killed_before', 'killed_after'), { maxLength: 60 });

function planOf({ nodes }: Shape): FlowPlan {
  const flow = new FlowBuilder().node('hook', 'webhook-trigger').node('split', 'split', { path: 'lines' }).edge('hook', 'split');
  const names = ['split'];
  nodes.forEach(({ kind, parents }, index) => {
    const name = `n${index}`;
    if (kind === 'batch') flow.node(name, 'batch', { size: 2 });
    else flow.node(name, 'http-request', { method: kind === 'write' ? 'POST' : 'GET', url: `https://far.example/${name}`, answer: { mode: 'keep' } });
    for (const parent of new Set(parents.map((one) => names[one % names.length] ?? 'split'))) flow.edge(parent, name);
    names.push(name);
  });
  return compileFlow(flow.settings({ retry: { maxAttempts: 1_000, baseSeconds: 1, maxSeconds: 1 } }).build());
}

describe('runEvent', () => {
  test('random graphs under random faults end in the same effects, each under one key and one body', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, faults, async (shape, planned) => {
        const plan = planOf(shape);
        const calm = new MemoryWorld();
        const expected = await toTheEnd(plan, calm, shape.lines);
        expect(expected.outcome.state).toBe('succeeded');
        const rough = new MemoryWorld(planned);
        const { outcome } = await toTheEnd(plan, rough, shape.lines);
        expect(outcome.state).toBe('succeeded');
        expect(rough.torn).toEqual([]);
        expect(Object.fromEntries(rough.applied)).toEqual(Object.fromEntries(calm.applied));
      }),
      { numRuns: 300 },
    );
  });

  test('a record that is refused leaves the run, the others go on, and no attempt repeats what is settled', async () => {
    const flow = new FlowBuilder()
      .node('hook', 'webhook-trigger')
      .node('split', 'split', { path: 'lines' })
      .node('erp', 'http-request', { url: 'https://far.example/lines', answer: { mode: 'keep' } })
      .node('loyalty', 'http-request', { url: 'https://far.example/points' })
      .edge('hook', 'split')
      .edge('split', 'erp')
      .edge('erp', 'loyalty');
    const world = new MemoryWorld(['none', 'transient', 'none']);
    const { outcome, attempt, journal } = await toTheEnd(compileFlow(flow.build()), world, 3);
    expect(outcome.state).toBe('succeeded');
    expect(attempt).toBe(2);
    expect(journal.effects.size).toBe(6);
    // Three and three, and one more for the record that had to be sent again.
    expect(world.calls).toBe(7);
  });

  test('attempts are bounded: what stays down becomes an exception', async () => {
    const flow = new FlowBuilder().node('hook', 'webhook-trigger').node('erp', 'http-request', { url: 'https://far.example/x' }).edge('hook', 'erp');
    const always = { *[Symbol.iterator]() { for (;;) yield 'transient' as const; } };
    const { outcome, attempt, journal } = await toTheEnd(compileFlow(flow.settings({ retry: { maxAttempts: 3, baseSeconds: 1, maxSeconds: 2 } }).build()), new MemoryWorld(always), 1);
    expect(outcome).toMatchObject({ state: 'failed', recordsFailed: 1, failure: { class: 'transient', code: 'http_503' } });
    expect(attempt).toBe(3);
    expect(journal.exceptions.size).toBe(1);
  });
});
