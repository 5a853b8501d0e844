import { simulate } from '#engine/testing/simulation/simulate.ts';
import type { Scenario } from '../lib/scenario.ts';

/** R26: the interpreter and lanes over memory and virtual time. */
export const simulation: Scenario = {
  id: 'R26',
  title: 'random graphs × random faults, simulated',
  wanted: '1,000 seeds, 0 counter-examples',
  async run(context) {
    const seeds = context.size({ short: 50, usual: 1_000, long: 10_000 });
    const misses: string[] = [];
    let [found, kills, effects] = [0, 0, 0];
    for (let at = 0; at < seeds; at += 1) {
      const { problems, ...counts } = await simulate(context.seed + at);
      kills += counts.kills;
      effects += counts.effects;
      if (problems.length === 0) continue;
      found += 1;
      if (misses.length < 5) misses.push(`seed ${context.seed + at}: ${problems.slice(0, 3).join('; ')}`);
    }
    return { figures: { seeds, 'counter-examples': found, kills, effects }, misses };
  },
};
