/**
 * `npm run bench:batch -- [--records 1000000] [--kill-at 40]`: product records through GET (pages of a thousand) → map → filter →
 * batches of 100 → POST. Prints the engine's memory along the way; at `--kill-at` percent the engine is killed and started
 * again, and must go on from its page: nothing lost, nothing doubled but the batch that was in the air, under its own key.
 */
import { usageOf } from '../lib/proc.ts';
import { numbersFrom } from '../lib/options.ts';
import { saveResults, table } from '../lib/report.ts';
import { startSink } from '../lib/start-sink.ts';
import { startProduct } from '../throughput/start-product.ts';

const counts = numbersFrom({ records: 1_000_000, 'kill-at': 40 });
const expected = counts.records * 0.8;
const PATIENCE_MS = 1_200_000;
const SAMPLE_MS = 1_000;

const sink = await startSink();
const product = await startProduct(sink.url);
const [url = ''] = Object.values(product.productUrls);
await sink.reset();

const memory: { atPercent: number; mb: number }[] = [];
let killedAt: number | null = null;
const begun = performance.now();
const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ n: counts.records }) });
if (!answer.ok) throw new Error(`The flow was not started: ${answer.status}.`);
for (;;) {
  const { uniqueRecords } = await sink.waitForRecords(expected, SAMPLE_MS);
  const atPercent = Math.round((uniqueRecords / expected) * 100);
  memory.push({ atPercent, mb: usageOf(product.memory?.() ?? []).residentMb });
  if (killedAt === null && atPercent >= counts['kill-at']) {
    await product.kill();
    killedAt = atPercent;
    console.error(`… killed at ${atPercent} %, started again`);
    await product.restart();
  }
  if (uniqueRecords >= expected || performance.now() - begun > PATIENCE_MS) break;
}
const seconds = (performance.now() - begun) / 1000;
await product.settled(60_000);
const end = await sink.stats();
const run = await product.lastRun();
await product.stop();
sink.close();

const quarter = (from: number): number => Math.max(0, ...memory.filter((one) => one.atPercent > from && one.atPercent <= from + 25).map((one) => one.mb));
console.log(table(['records', 'seconds', 'records /s', 'arrived', 'of', 'batches again', 'run', 'pages'], [
  [counts.records, Math.round(seconds), Math.round(counts.records / seconds), end.uniqueRecords, expected, end.repeatedBatches, run.state, run.pages],
]));
console.log(`\nThe engine's highest memory by quarter, MB: ${[0, 25, 50, 75].map(quarter).join(', ')} (killed at ${killedAt ?? '-'} %).`);
console.log(`\nWritten to ${saveResults('batch', { counts, seconds, end, run, memory, killedAt })}`);
process.exit(end.uniqueRecords === expected && end.records - end.uniqueRecords === end.repeatedBatches * 100 ? 0 : 1);
