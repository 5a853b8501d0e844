import { pagedRun } from './paged-run.ts';
import { webhookRun } from './webhook-run.ts';

/** What the interpreter costs by itself: no database, no network. `node bench/interpreter/main.ts [records]` */
const records = Number(process.argv[2] ?? 1_000_000);

for (let round = 1; round <= 3; round += 1) {
  const { microseconds } = await webhookRun();
  console.log(`webhook → map → call: ${microseconds.toFixed(1)} µs of processor a run in the interpreter`);
}
const { seconds, processorSeconds, perSecond, posted, calls, heapMb, growthMb } = await pagedRun(records);
console.log(
  `GET pages of 500 → map → filter → batch 100 → POST: ${records} records in ${seconds.toFixed(1)} s, ${Math.round(perSecond)} records/s (${processorSeconds.toFixed(1)} s of processor); ` +
    `${posted} sent in ${calls} calls; heap at most ${heapMb.toFixed(0)} MB, ${growthMb >= 0 ? '+' : ''}${growthMb.toFixed(0)} MB from the first quarter to the last`,
);
