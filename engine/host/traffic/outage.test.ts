import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { outage } from '#engine/testing/scenarios/outage.ts';
import { heldFlow, pausedConnection } from '#engine/testing/scenarios/pause.ts';
import { retryAfter } from '#engine/testing/scenarios/retry-after.ts';
import { TrafficWorld } from '#engine/testing/traffic-world.ts';

let world: TrafficWorld;

beforeAll(async () => {
  world = await TrafficWorld.start(2);
});

afterEach(() => {
  world.far.answer = () => ({});
});

afterAll(() => world?.close());

/** Never faster than stated; how much slower is for the machine to say, and printed. */
function atRate({ drainedPerSecond, drainPerSecond }: { drainedPerSecond: number; drainPerSecond: number }): void {
  expect(drainedPerSecond).toBeLessThanOrEqual(drainPerSecond * 1.05);
}

const print = (name: string, figures: object) => process.stdout.write(`${name}: ${JSON.stringify(figures)}\n`);

test('an outage is noticed by ten calls, looked for by one at a time, and drained at the stated rate', async () => {
  const figures = await outage(world, { events: 200, probes: 3, drainPerSecond: 20 });
  print('outage', figures);
  // Ten over both processes, and what was under way in either when the first one failed.
  expect(figures.failuresToOpen).toBeLessThanOrEqual(16);
  expect(figures).toMatchObject({ probesAtOnce: 1, lost: 0, attemptsSpent: 0 });
  const [first = 0, ...more] = figures.probeWaits.map(Math.round);
  expect(more).toEqual([first * 2, first * 4, first * 8]);
  atRate(figures);
}, 120_000);

test('"not before" is kept by all processes, holds no slot and spends no attempt', async () => {
  const figures = await retryAfter(world, { events: 100, seconds: 4 });
  print('retry after', figures);
  expect(figures).toMatchObject({ callsInside: 0, runningInside: 0, attemptsSpent: 0 });
}, 60_000);

test('a refused sign-in pauses the connection until a person resumes it; every key keeps its order', async () => {
  const figures = await pausedConnection(world, { events: 200, keys: 20 });
  print('pause', figures);
  expect(figures).toMatchObject({ callsWhilePaused: 0, inversions: 0, exceptions: 0, attemptsSpent: 0 });
}, 60_000);

test('a held flow takes events in, and drains in order at the stated rate', async () => {
  const figures = await heldFlow(world, { events: 200, keys: 20, drainPerSecond: 40 });
  print('hold', figures);
  expect(figures).toMatchObject({ callsWhileHeld: 0, inversions: 0 });
  atRate(figures);
}, 60_000);
