import { expect, inject, test } from 'vitest';
import { simulate } from './simulate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** `seed` or `seed+count`, from WEFT_SIMULATION; empty: a thousand new ones. */
    weftSimulation: string;
  }
}

const SEEDS = 1_000;

/** Seeds that have found something once. */
const REGRESSIONS = [9, 199, 235, 314, 536];

test('random flows under random faults come to the same end as without, in order, nothing lost and nothing twice', { timeout: 120_000 }, async () => {
  const [given = '', count = ''] = inject('weftSimulation').split('+');
  // Another part of the space each day, the same one all day long.
  const first = given === '' ? Math.floor(Date.now() / 86_400_000) * SEEDS : Number(given);
  const seeds = Array.from({ length: given === '' ? SEEDS : Number(count === '' ? 1 : count) }, (_, index) => first + index);
  const found: string[] = [];
  let [kills, effects] = [0, 0];
  for (const seed of given === '' ? [...REGRESSIONS, ...seeds] : seeds) {
    const { problems, doc, ...counts } = await simulate(seed);
    kills += counts.kills;
    effects += counts.effects;
    if (problems.length > 0) found.push(`WEFT_SIMULATION=${seed} (${doc.nodes.length} nodes): ${problems.slice(0, 5).join('; ')}`);
    if (found.length >= 5) break;
  }
  expect(found).toEqual([]);
  if (seeds.length < 100) return;
  // A simulation in which nothing happens proves nothing.
  expect(kills).toBeGreaterThan(seeds.length / 2);
  expect(effects).toBeGreaterThan(seeds.length * 5);
});
