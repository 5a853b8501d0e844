import assert from 'node:assert/strict';
import { round } from './load.ts';
import { peakOf } from './proc.ts';
import { makeProduct, mapProduct } from './products.ts';
import type { Sink } from './start-sink.ts';
import type { SystemUnderTest } from './system.ts';

export interface BatchFigures {
  records: number;
  seconds: number;
  recordsPerSecond: number;
  /** Different records that arrived; 80 % of `records` pass the filter. */
  arrived: number;
  /** Records that came more than once. */
  twice: number;
  batches: number;
  timedOut: boolean;
  /** Highest resident memory of all its processes together while it worked, megabytes. */
  peakMb: number;
  /** The same before it began. */
  residentBeforeMb: number;
}

/**
 * W2: GET so many product records → map 10 fields → filter (80 % stay) → batches of 100 → POST each. Timed from the trigger until the
 * last record is at the sink. @throws when the system maps differently from the reference
 */
export async function measureBatch(system: SystemUnderTest, sink: Sink, run: { url: string; records: number; patienceMs: number }): Promise<BatchFigures> {
  const { url, records, patienceMs } = run;
  await sink.reset();
  const pids = system.memory?.() ?? Object.values(system.processes()).flat();
  const peak = peakOf(pids);
  const begun = performance.timeOrigin + performance.now();
  const answered = fetch(`${url}?n=${records}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ n: records }),
    signal: AbortSignal.timeout(patienceMs),
  }).catch((error: unknown) => error);
  const end = await sink.waitForRecords(records * 0.8, patienceMs);
  const memory = peak.stop();
  if (!end.timedOut) await answered;
  const [first] = JSON.parse((await sink.sample()) || '{"records":[null]}').records;
  if (end.uniqueRecords > 0) assert.deepEqual(first, mapProduct(makeProduct(1)), `${system.name} maps differently`);
  // One that did not end in time counts with the time it was given.
  const seconds = end.timedOut ? patienceMs / 1000 : (end.lastNewAt - begun) / 1000;
  return {
    records,
    seconds: round(seconds),
    recordsPerSecond: Math.round(records / seconds),
    arrived: end.uniqueRecords,
    twice: end.records - end.uniqueRecords,
    batches: end.batches,
    timedOut: end.timedOut,
    peakMb: memory.peakMb,
    residentBeforeMb: memory.beforeMb,
  };
}

export const batchHead = ['system', 'records', 'seconds', 'records /s', 'arrived', 'twice', 'memory before → peak MB'];

export function batchRow(name: string, run: BatchFigures): (string | number)[] {
  const seconds = run.timedOut ? 'not in time' : run.seconds;
  return [name, run.records, seconds, run.timedOut ? '' : run.recordsPerSecond, run.arrived, run.twice, `${run.residentBeforeMb} → ${run.peakMb}`];
}
