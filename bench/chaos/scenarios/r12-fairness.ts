import { byTest } from '../lib/by-test.ts';
import type { Scenario } from '../lib/scenario.ts';

/** R12: one retailer's backlog is not another's delay. */
export const fairShare: Scenario = {
  id: 'R12',
  title: 'retailer A dumps 1,500 events against a cap of 4, B sends one every 150 ms',
  wanted: 'B’s p95 start ≤ 2 s; A’s cap never exceeded, counted at the far end',
  run: () => byTest('engine/host/lanes/fairness.test.ts', 'dumps thousands'),
};
