import { byTest } from '../lib/by-test.ts';
import type { Scenario } from '../lib/scenario.ts';

const WANTED_MS = 2_000;

/** R12: one retailer's backlog is not another's delay. */
export const fairShare: Scenario = {
  id: 'R12',
  title: 'retailer A dumps 50,000 events against a cap of 4, B sends one a second (short: 1,500, one every 150 ms)',
  wanted: 'B’s p95 start ≤ 2 s; A’s cap never exceeded, counted at the far end',
  async run(context) {
    const long = context.short ? '' : '50000,60,1000';
    const verdict = await byTest('engine/host/lanes/fairness.test.ts', 'dumps thousands', { WEFT_FAIRNESS: long });
    const p95 = Number(verdict.figures['p95Ms']);
    return p95 <= WANTED_MS ? verdict : { ...verdict, misses: [...verdict.misses, `B waited ${p95} ms (p95) for its start`] };
  },
};
