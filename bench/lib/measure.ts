import assert from 'node:assert/strict';
import { load, round } from './load.ts';
import { bodies, makeOrder, mapOrder, orderId } from './order.ts';
import { usageOf } from './proc.ts';
import type { Sink } from './start-sink.ts';
import { hookOf, type SystemUnderTest, type Variant } from './system.ts';

export interface Throughput {
  variant: Variant;
  concurrency: number;
  count: number;
  acceptedPerSecond: number;
  answerP50Ms: number;
  answerP99Ms: number;
  /** Orders at the sink per second, from the first POST until the last new order arrived. */
  completedPerSecond: number;
  arrived: number;
  duplicates: number;
  refused: number;
  /** By process, milliseconds of CPU per order (from the first POST until the sink had all). */
  cpuMsPerOrder: Record<string, number>;
  residentMb: number;
}

/** One order through the system, compared field by field with the reference mapping. @throws when the system maps differently */
export async function checkMapping(system: SystemUnderTest, sink: Sink, variant: Variant = 'mapping'): Promise<void> {
  await sink.reset();
  const result = await load({ url: hookOf(system, variant), count: 1, concurrency: 1, body: bodies('TEST') });
  if (result.acknowledged.length !== 1) throw new Error(`${system.name} did not accept an order: ${JSON.stringify(result.statuses)}`);
  const arrived = await sink.wait(1, 60_000);
  if (arrived.timedOut) throw new Error(`${system.name} accepted an order that never reached the sink.`);
  assert.deepEqual(JSON.parse(await sink.sample()), mapOrder(makeOrder(orderId('TEST', 0))), `${system.name} maps differently`);
}

/** W1: posts orders as fast as the concurrency allows, counts them at the sink. */
export async function measureThroughput(system: SystemUnderTest, sink: Sink, run: { count: number; concurrency: number; prefix: string; variant?: Variant }): Promise<Throughput> {
  const { count, concurrency, prefix, variant = 'mapping' } = run;
  await sink.reset();
  const before = cpuOf(system);
  const result = await load({ url: hookOf(system, variant), count, concurrency, body: bodies(prefix), timeoutMs: 120_000 });
  const end = await sink.wait(result.acknowledged.length, 300_000);
  const after = cpuOf(system);
  const cpuMsPerOrder = Object.fromEntries(Object.entries(after).map(([name, cpu]) => [name, round((cpu - (before[name] ?? 0)) / count)]));
  return {
    variant,
    concurrency,
    count,
    acceptedPerSecond: result.perSecond,
    answerP50Ms: result.p50,
    answerP99Ms: result.p99,
    completedPerSecond: round((end.unique / (end.lastNewAt - result.firstSent)) * 1000),
    arrived: end.unique,
    duplicates: end.duplicates,
    refused: count - result.acknowledged.length,
    cpuMsPerOrder,
    residentMb: usageOf(Object.values(system.processes()).flat()).residentMb,
  };
}

export interface Loss {
  acknowledged: number;
  atSinkWhenKilled: number;
  /** Acknowledged orders that never arrived. */
  lost: number;
  twice: number;
}

const QUIET_MS = 20_000;

/**
 * W4: the sink takes 30 % of the orders, then hangs. When all are acknowledged the system is killed, the sink comes back, the
 * system is started again. Waits until everything acknowledged has arrived, or nothing new for 20 s, or the patience is over.
 */
export async function measureLoss(system: SystemUnderTest, sink: Sink, run: { count: number; prefix: string; patienceMs: number }): Promise<Loss> {
  const target = Math.floor(run.count * 0.3);
  await sink.reset(target);
  const result = await load({ url: hookOf(system), count: run.count, concurrency: 32, body: bodies(run.prefix), timeoutMs: 120_000 });
  await sink.wait(target, 60_000);
  await system.kill();
  const atKill = await sink.stats();
  await sink.unstall();
  await system.restart();
  const until = Date.now() + run.patienceMs;
  let quietSince = Date.now();
  let last = atKill.received;
  for (;;) {
    const found = await sink.wait(result.acknowledged.length, 1_000);
    if (found.received !== last) quietSince = Date.now();
    last = found.received;
    const { missing, twice } = await sink.check(result.acknowledged);
    if (missing === 0 || Date.now() > until || Date.now() - quietSince > QUIET_MS) {
      return { acknowledged: result.acknowledged.length, atSinkWhenKilled: atKill.unique, lost: missing, twice };
    }
  }
}

function cpuOf(system: SystemUnderTest): Record<string, number> {
  return Object.fromEntries(Object.entries(system.processes()).map(([name, pids]) => [name, usageOf(pids).cpuMs]));
}
