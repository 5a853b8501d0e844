import { compileFlow } from '#engine/flow/compile.ts';
import { parseJson } from '#engine/flow/json.ts';
import type { CallResult } from '#engine/nodes/step.ts';
import type { PortCall } from '#engine/run/ports.ts';
import { runEvent } from '#engine/run/run-event.ts';
import { FlowBuilder } from '#engine/testing/flow-builder.ts';
import { MemoryWorld } from '#engine/testing/memory-world.ts';
import { NullJournal } from './null-journal.ts';

const PAGE = 500;

/** GET page after page → map → filter → batch 100 → POST, all in memory: records a second, and how far the heap grows. */
export async function pagedRun(records: number): Promise<{ seconds: number; processorSeconds: number; perSecond: number; posted: number; calls: number; heapMb: number; growthMb: number }> {
  const pages = Math.ceil(records / PAGE);
  const flow = new FlowBuilder()
    .node('start', 'manual-trigger')
    .node('get', 'http-pages', { connectionId: null, url: 'https://far.example/products', recordsPath: 'items', paging: { style: 'page', pageParam: 'page', firstPage: 1, ends: 'flag', morePath: 'more' } })
    .node('map', 'map', { mapping: parseJson(JSON.stringify(mapping)) })
    .node('filter', 'filter', { rules: { match: 'all', rules: [{ path: 'stock', operator: 'greater', value: '0' }] } })
    .node('batch', 'batch', { size: 100 })
    .node('post', 'http-request', { url: 'https://far.example/stock', answer: { mode: 'keep' } })
    .edge('start', 'get')
    .edge('get', 'map')
    .edge('map', 'filter')
    .edge('filter.kept', 'batch')
    .edge('batch', 'post');
  let posted = 0;
  let calls = 0;
  const call = ({ writes, request }: PortCall): Promise<CallResult> => {
    if (writes) {
      calls += 1;
      posted += JSON.parse(request.body ?? '{}').records.length;
      return Promise.resolve({ ok: true, status: 200, headers: {}, bodyText: '{}', exchangeId: '' });
    }
    const number = Number(request.query.find(([name]) => name === 'page')?.[1]);
    return Promise.resolve({ ok: true, status: 200, headers: { 'content-type': 'application/json' }, bodyText: pageText(number, pages), exchangeId: '' });
  };
  const heap: number[] = [];
  const journal = new NullJournal();
  const sampled = setInterval(() => heap.push(process.memoryUsage().heapUsed / 2 ** 20), 250);
  const started = performance.now();
  const before = process.cpuUsage();
  // The world answers at once: without a turn of the event loop now and then no timer would be heard.
  const ports = { ...new MemoryWorld().ports(), call: async (one: PortCall) => (await new Promise((resolve) => setImmediate(resolve)), call(one)) };
  const outcome = await runEvent({
    plan: compileFlow(flow.build()),
    event: { id: 'event', receivedAt: '2026-11-23T00:00:00.000Z', trigger: 'manual', flowId: 'flow', runId: 'run', environment: 'production', test: false },
    nodeId: 'start', data: {}, journal, ports, attempt: 1,
  });
  clearInterval(sampled);
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(before);
  if (outcome.state !== 'succeeded' || outcome.recordsIn !== records || journal.turns !== pages) throw new Error(`The run did not do it all: ${JSON.stringify(outcome)}`);
  const early = Math.max(...heap.slice(0, Math.ceil(heap.length / 4)));
  const late = Math.max(...heap.slice(-Math.ceil(heap.length / 4)));
  return { seconds, processorSeconds: (used.user + used.system) / 1e6, perSecond: records / seconds, posted, calls, heapMb: Math.max(...heap), growthMb: late - early };
}

const mapping = {
  rules: [
    { id: 'r1', target: 'article', source: { type: 'path', path: 'sku' }, functions: [], onMissing: 'fail' },
    { id: 'r2', target: 'name', source: { type: 'path', path: 'title' }, functions: [{ fn: 'text.trim', args: [] }], onMissing: 'skip' },
    { id: 'r3', target: 'stock', source: { type: 'path', path: 'inventory.available' }, functions: [], onMissing: 'skip' },
    { id: 'r4', target: 'price.amount', source: { type: 'path', path: 'price' }, functions: [], onMissing: 'skip' },
  ],
};

function pageText(number: number, pages: number): string {
  const items: string[] = [];
  for (let at = (number - 1) * PAGE; at < number * PAGE; at += 1) {
    items.push(`{"id":${at},"sku":"SKU-${at}","title":" Product ${at} ","price":"${at % 100}.90","inventory":{"available":${at % 10},"location":"main"},"tags":["a","b"],"updated_at":"2026-11-23T00:00:00Z"}`);
  }
  return `{"items":[${items.join(',')}],"more":${number < pages}}`;
}
