/**
 * `npm run chaos [-- --only R1,R4 --seed N --long --short --keep --record]`: every scenario of the reliability table this machine can run. Each prints
 * its figures against the wanted one; the seed is printed, and the same seed with `--only` replays a scenario. `--record` puts the table into bench/README.md. Ends with 1 when one misses.
 */
import { parseArgs } from 'node:util';
import { saveReport, summary, writeReadme } from './lib/report.ts';
import { runScenario, type Result, type Size } from './lib/run-scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';

const { values } = parseArgs({
  options: { only: { type: 'string' }, seed: { type: 'string' }, long: { type: 'boolean' }, short: { type: 'boolean' }, keep: { type: 'boolean' }, record: { type: 'boolean' } },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
const size: Size = values.long ? 'long' : values.short ? 'short' : 'usual';
const only = values.only?.split(',').map((id) => id.trim().toUpperCase());
const unknown = only?.filter((id) => !SCENARIOS.some((scenario) => scenario.id === id)) ?? [];
if (!Number.isInteger(seed) || unknown.length > 0) {
  console.error(unknown.length > 0 ? `No scenario ${unknown.join(', ')}. There are ${SCENARIOS.map((scenario) => scenario.id).join(', ')}.` : '--seed wants a whole number.');
  process.exit(2);
}

console.log(`Seed ${seed}, ${size} size. Replay one: npm run chaos -- --only ID --seed ${seed}${size === 'usual' ? '' : ` --${size}`}\n`);
const results: Result[] = [];
for (const scenario of SCENARIOS) {
  if (only && !only.includes(scenario.id)) continue;
  console.log(`${scenario.id}  ${scenario.title}\n    wanted: ${scenario.wanted}`);
  const result = await runScenario(scenario, { seed, size, say: (line) => console.log(`    … ${line}`), keep: values.keep ?? false });
  results.push(result);
  // At once: a run that is cut short keeps what it has found out.
  saveReport({ seed, size, results });
  for (const [name, figure] of Object.entries(result.figures)) console.log(`    ${name}: ${figure}`);
  for (const miss of result.misses) console.log(`    ✗ ${miss}`);
  console.log(`    ${result.misses.length === 0 ? '✓ holds' : '✗ misses'} (${result.seconds} s)\n`);
}
console.log(summary(results));
if (values.record) writeReadme();
process.exit(results.every((result) => result.misses.length === 0) ? 0 : 1);
