import { compileFlow } from '#engine/flow/compile.ts';
import { parseJson, type Json } from '#engine/flow/json.ts';
import type { CallResult, EventInfo } from '#engine/nodes/step.ts';
import { runEvent } from '#engine/run/run-event.ts';
import { MemoryWorld } from '#engine/testing/memory-world.ts';
import { referenceOrderMapping } from '#engine/mapping/reference-order-mapping.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { makeOrder, orderId } from '../lib/order.ts';
import { NullJournal } from './null-journal.ts';

const answer: CallResult = { ok: true, status: 200, headers: { 'content-type': 'application/json' }, bodyText: '{}', exchangeId: '' };

/** Processor time of the interpreter alone for one run of the reference flow (webhook → map → call): no database, no network, no parsing. */
export async function webhookRun(runs = 40_000): Promise<{ microseconds: number }> {
  const flow = new FlowBuilder()
    .node('hook', 'webhook-trigger')
    .node('map', 'map', { mapping: parseJson(JSON.stringify(referenceOrderMapping())) })
    .node('post', 'http-request', { url: 'https://far.example/orders', answer: { mode: 'replace' } })
    .edge('hook', 'map')
    .edge('map', 'post');
  const plan = compileFlow(flow.build());
  const ports = { ...new MemoryWorld().ports(), call: () => Promise.resolve(answer) };
  const one = (data: Json, index: number): Promise<unknown> => {
    const event: EventInfo = {
      id: `event-${index}`, receivedAt: '2026-11-23T00:00:00.000Z', trigger: 'webhook', flowId: 'flow', runId: `run-${index}`, environment: 'production', test: false,
    };
    return runEvent({ plan, event, nodeId: 'hook', data, journal: new NullJournal(), ports, attempt: 1 });
  };
  let microseconds = 0;
  for (let from = 0; from < runs * 1.25; from += 1_000) {
    const orders = Array.from({ length: 1_000 }, (_, index) => parseJson(JSON.stringify(makeOrder(orderId('bench', from + index)))));
    const before = process.cpuUsage();
    for (const [index, order] of orders.entries()) await one(order, from + index);
    const used = process.cpuUsage(before);
    // The first quarter warms up.
    if (from >= runs / 4) microseconds += used.user + used.system;
  }
  return { microseconds: microseconds / runs };
}
