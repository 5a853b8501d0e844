import { afterAll, beforeAll, expect, test } from 'vitest';
import { compileFlow } from '#engine/flow/compile.ts';
import { load } from './load.ts';
import { numbersFrom } from './options.ts';
import { bodies, makeOrder, mapOrder, orderId } from './order.ts';
import { startSink, type Sink } from './start-sink.ts';
import { ordersFlow } from '../throughput/flows.ts';

let sink: Sink;
beforeAll(async () => {
  sink = await startSink();
});
afterAll(() => sink.close());

/** Orders as a system under test would post them. */
function mapped(prefix: string) {
  return (index: number) => {
    const id = orderId(prefix, index);
    return { id, data: Buffer.from(JSON.stringify(mapOrder(makeOrder(id)))) };
  };
}

test('the load generator sends exactly so many, and the sink counts each order once', async () => {
  await sink.reset();
  const waiting = sink.wait(500, 30_000);
  const result = await load({ url: `${sink.url}/orders`, count: 500, concurrency: 8, body: mapped('A') });
  expect(result).toMatchObject({ statuses: { 200: 500 }, errors: 0 });
  expect(result.acknowledged).toHaveLength(500);
  expect(await waiting).toMatchObject({ timedOut: false, unique: 500, duplicates: 0 });
  await load({ url: `${sink.url}/orders`, count: 10, concurrency: 1, body: mapped('A') });
  expect(await sink.stats()).toMatchObject({ unique: 500, duplicates: 10 });
  expect(await sink.check([...result.acknowledged, orderId('B', 1)])).toEqual({ missing: 1, twice: 10 });
});

test('a stalled sink takes so many orders and then hangs until it comes back', async () => {
  await sink.reset(3);
  const stalled = load({ url: `${sink.url}/orders`, count: 4, concurrency: 4, body: mapped('C') });
  expect(await sink.wait(3, 30_000)).toMatchObject({ unique: 3, timedOut: false });
  while ((await sink.stats()).held === 0) await new Promise((resolve) => setImmediate(resolve));
  await sink.unstall();
  expect(await stalled).toMatchObject({ errors: 1, statuses: { 200: 3 } });
});

test("the product's reference flow maps exactly as the reference does", () => {
  const plan = compileFlow(ordersFlow('019ab000-0000-7000-8000-000000000000'));
  expect(plan.steps.map((step) => step.kind.kind)).toEqual(['webhook-trigger', 'map', 'http-request']);
  const { id, data } = bodies('D')(7);
  expect(JSON.parse(data.toString())).toEqual(makeOrder(id));
});

test('options are numbers, and unknown ones are refused', () => {
  expect(numbersFrom({ orders: 6, kill: 2 }, ['--orders', '10'])).toEqual({ orders: 10, kill: 2 });
  expect(() => numbersFrom({ orders: 6 }, ['--orders', 'many'])).toThrow('--orders');
  expect(() => numbersFrom({ orders: 6 }, ['--nonsense', '1'])).toThrow('nonsense');
});
