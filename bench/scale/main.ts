/**
 * `npm run bench:scale -- [--orders 6000] [--rows 5000000]`: what a run costs with one and with two engine processes on one
 * database, and with full tables beside empty ones. Prints figures, asserts none.
 */
import { measureThroughput, type Throughput } from '../lib/measure.ts';
import { numbersFrom } from '../lib/options.ts';
import { saveResults, table, throughputHead, throughputRow } from '../lib/report.ts';
import { startSink } from '../lib/start-sink.ts';
import { startProduct } from '../throughput/start-product.ts';
import { fillTables } from './fill-tables.ts';

const counts = numbersFrom({ orders: 6_000, rows: 5_000_000 });
const sink = await startSink();
const product = await startProduct(sink.url);
const rows: [string, Throughput][] = [];

async function measure(name: string, prefix: string): Promise<void> {
  console.error(`… ${name}`);
  await product.settled(120_000);
  rows.push([name, await measureThroughput(product, sink, { count: counts.orders, concurrency: 32, prefix })]);
}

await measureThroughput(product, sink, { count: 1_000, concurrency: 8, prefix: 'WARM' });
await measure('1 process, empty tables', 'ONE');
await product.addEngine('worker');
await measureThroughput(product, sink, { count: 1_000, concurrency: 8, prefix: 'WARM2' });
await measure('2 processes, empty tables', 'TWO');
console.error(`… ${counts.rows} rows`);
const filled = await fillTables(product.sql, counts.rows);
await measure('2 processes, full tables', 'FULL');
const sizes = await product.sql<{ name: string; size: string }[]>`
  SELECT name, pg_size_pretty(sum(pg_total_relation_size(relid))) AS size
  FROM unnest(ARRAY['run', 'step', 'effect']) AS name CROSS JOIN LATERAL pg_partition_tree(name::regclass) GROUP BY name ORDER BY name`;
await product.stop();
sink.close();

console.log(table(throughputHead, rows.map(([name, run]) => throughputRow(name, run))));
console.log(`\n${filled.runs} runs, ${filled.steps} steps and ${filled.effects} effects beside them: ${sizes.map(({ name, size }) => `${name} ${size}`).join(', ')}.`);
console.log(`\nWritten to ${saveResults('scale', { rows, filled })}`);
process.exit(0);
