import { byTest } from '../lib/by-test.ts';
import type { Scenario } from '../lib/scenario.ts';

/** R18: schedules over missed ticks, several schedulers, clock changes and wrong clocks. */
export const cron: Scenario = {
  id: 'R18',
  title: 'cron: nobody looks for 5 ticks, two schedulers, DST both ways, clocks ±5 min',
  wanted: 'no double start; missed ticks by stated policy',
  run: () => byTest('engine/host/scheduler/scheduler.test.ts'),
};
