import { expect, test } from 'vitest';
import { runScenario } from './lib/run-scenario.ts';
import type { Scenario } from './lib/scenario.ts';
import { kills } from './scenarios/r01-kills.ts';
import { crashPoints } from './scenarios/r03-crash-points.ts';
import { answerLost } from './scenarios/r05-answer-lost.ts';
import { databaseAway } from './scenarios/r07-database-away.ts';

/** The short forms: what may not be lost or doubled, in seconds instead of minutes. Times are printed, never judged. Long forms: `npm run chaos`. */
const SHORT: Scenario[] = [kills, crashPoints, answerLost, databaseAway];

test.each(SHORT.map((scenario) => [scenario.id, scenario.title, scenario] as const))('%s: %s', { timeout: 300_000 }, async (id, _title, scenario) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { misses, figures } = await runScenario(scenario, { seed, size: 'short', say: () => undefined });
  process.stdout.write(`${id} ${JSON.stringify(figures)}\n`);
  expect(misses, `npm run chaos -- --only ${id} --short --seed ${seed}`).toEqual([]);
});
