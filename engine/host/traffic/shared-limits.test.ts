import { afterAll, beforeAll, expect, test } from 'vitest';
import { sharedBudget } from '#engine/testing/scenarios/shared-budget.ts';
import { sharedCap } from '#engine/testing/scenarios/shared-cap.ts';
import { TrafficWorld } from '#engine/testing/traffic-world.ts';

let world: TrafficWorld;

beforeAll(async () => {
  world = await TrafficWorld.start(2);
});

afterAll(() => world?.close());

test('caps on work at once hold over two engines, which share the lanes of one flow', async () => {
  const processes: number[] = [];
  for (const by of ['flow', 'connection', 'retailer'] as const) {
    const figures = await sharedCap(world, { by, cap: 3, events: 160, callMs: 60 });
    process.stdout.write(`cap by ${by}: ${JSON.stringify(figures)}\n`);
    expect(figures.mostAtOnce).toBeLessThanOrEqual(3);
    processes.push(figures.processes);
  }
  expect(Math.max(...processes)).toBe(2);
}, 120_000);

test('a rate budget holds over two engines and two connections of the account, and is used up', async () => {
  const figures = await sharedBudget(world, { calls: 10, perSecond: 40, events: 240 });
  process.stdout.write(`budget: ${JSON.stringify(figures)}\n`);
  expect(figures.calls).toBe(240);
  // The clocks of two processes agree to a call or two; arrivals of a busy machine come in lumps, and are printed.
  expect(figures.overStarted).toBeLessThanOrEqual(3);
  expect(figures.used).toBeLessThanOrEqual(1.05);
  expect(figures.attemptsSpent).toBe(0);
}, 120_000);
