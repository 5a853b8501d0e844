import { compileFlow } from '#engine/flow/compile.ts';
import { parseJson } from '#engine/flow/json.ts';
import type { CallResult, EventInfo } from '#engine/nodes/step.ts';
import { runEvent, type RunInput } from '#engine/run/run-event.ts';
import { MemoryJournal } from '#engine/testing/memory-journal.ts';
import { MemoryWorld } from '#engine/testing/memory-world.ts';
import { makeOrder, orderId } from '../lib/order.ts';
import { ordersFlow } from '../throughput/flows.ts';

const answer: CallResult = { ok: true, status: 200, headers: { 'content-type': 'application/json' }, bodyText: '{}', exchangeId: '' };

/** Microseconds of the interpreter alone for one run of the reference flow (webhook → map → call): no database, no network. */
export async function webhookRun(runs = 20_000): Promise<{ microseconds: number; perSecond: number }> {
  const plan = compileFlow(ordersFlow('connection'));
  const world = new MemoryWorld();
  const ports: RunInput['ports'] = { ...world.ports(), call: () => Promise.resolve(answer) };
  const one = (index: number): Promise<unknown> => {
    const event: EventInfo = {
      id: `event-${index}`, receivedAt: '2026-11-23T00:00:00.000Z', trigger: 'webhook', flowId: 'flow', runId: `run-${index}`, environment: 'production', test: false,
    };
    return runEvent({ plan, event, nodeId: 'hook', data: parseJson(JSON.stringify(makeOrder(orderId('bench', index)))), journal: new MemoryJournal(), ports, attempt: 1 });
  };
  for (let index = 0; index < runs / 4; index += 1) await one(index);
  const started = performance.now();
  for (let index = 0; index < runs; index += 1) await one(index);
  const microseconds = ((performance.now() - started) * 1000) / runs;
  return { microseconds, perSecond: 1e6 / microseconds };
}
