/**
 * `npm run bench -- [--orders 6000] [--single 1000] [--kill 2000] [--records 100000]`: how many orders a second the product accepts and completes, all
 * durable, and how many acknowledged ones it loses when the engine is killed. Prints figures, asserts no times; ends with 1 only
 * when something is lost, twice wrong, or not durable.
 */
import { batchHead, batchRow } from '../lib/batch.ts';
import { startHead, startRow } from '../lib/cold-start.ts';
import { saveResults, table, lossHead, lossRow, throughputHead, throughputRow } from '../lib/report.ts';
import { numbersFrom } from '../lib/options.ts';
import { startSink } from '../lib/start-sink.ts';
import { measureProduct } from './measure-product.ts';

const counts = numbersFrom({ orders: 6_000, single: 1_000, kill: 2_000, records: 100_000 });
const sink = await startSink();
const figures = await measureProduct(sink, counts, (line) => console.error(`… ${line}`));
sink.close();

console.log(`\nDurable: ${Object.entries(figures.settings).map(([name, value]) => `${name} ${value}`).join(', ')}\n`);
console.log(table(throughputHead, figures.runs.map((run) => throughputRow('Weft', run))));
console.log(`\nRows kept: ${Object.entries(figures.rows).map(([name, count]) => `${count} ${name}`).join(', ')}\n`);
console.log(table(batchHead, [batchRow('Weft', figures.batch)]));
console.log(`\n${table(startHead, [startRow('Weft, engine', figures.start)])}\n`);
console.log(table(lossHead, [lossRow('Weft', figures.loss)]));
console.log(`\nWritten to ${saveResults('throughput', figures)}`);
const { rows, loss } = figures;
process.exit(loss.lost > 0 || rows['runs'] !== rows['events'] ? 1 : 0);
