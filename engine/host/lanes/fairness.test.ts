import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { fairness } from '#engine/testing/scenarios/fairness.ts';
import { takeover } from '#engine/testing/scenarios/takeover.ts';
import { TrafficWorld } from '#engine/testing/traffic-world.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `dump,events,everyMs` of the longer form; empty: the short one. */
    weftFairness: string;
  }
}

let world: TrafficWorld;

beforeAll(async () => {
  world = await TrafficWorld.start(1);
});

afterAll(() => world?.close());

const print = (name: string, figures: object) => process.stdout.write(`${name}: ${JSON.stringify(figures)}\n`);

test('a retailer that dumps thousands of events does not keep another waiting, and keeps to its cap', async () => {
  const long = inject('weftFairness');
  const [dump = 1_500, events = 24, everyMs = 150] = long === '' ? [] : long.split(',').map(Number);
  const figures = await fairness(world, { dump, events, everyMs, cap: 4, callMs: long === '' ? 20 : 4 });
  print('fairness', figures);
  expect(figures.mostAtOnce).toBeLessThanOrEqual(4);
}, 900_000);

test('a process that joins gets its part of the lanes of a flow, and a killed one loses them', async () => {
  const figures = await takeover(world, { events: 800, callMs: 200 });
  print('takeover', figures);
  expect(figures.lanesOfJoined).toBeGreaterThanOrEqual(1);
  expect(figures.distinct).toBe(figures.events);
}, 180_000);
