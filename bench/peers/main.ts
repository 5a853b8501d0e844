/**
 * `npm run bench:peers -- [--orders 6000] [--single 1000] [--kill 2000] [--records 100000] [--n8n-orders 400] [--n8n-single 100] [--n8n-kill 300]`:
 * the product, Node-RED and n8n on one machine in one run, the same orders, the same sink, the same load generator. The peers are
 * installed from npm into a temporary folder, which is kept for the next time (n8n is 3 GB). Prints figures and ratios.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '#drizzle/client.ts';
import { batchHead, batchRow } from '../lib/batch.ts';
import { startHead, startRow } from '../lib/cold-start.ts';
import { commitLimit, httpLimit, javascriptLimit } from '../lib/limits.ts';
import { numbersFrom } from '../lib/options.ts';
import { lossHead, lossRow, saveResults, table, throughputHead, throughputRow } from '../lib/report.ts';
import { startSink } from '../lib/start-sink.ts';
import { measureProduct } from '../throughput/measure-product.ts';
import { withPostgres } from './limits-postgres.ts';
import { measurePeer, type PeerFigures } from './measure-peer.ts';
import { startN8n } from './n8n.ts';
import { startNodeRed } from './node-red.ts';
import { ratioHead, ratios } from './ratios.ts';

const counts = numbersFrom({ orders: 6_000, single: 1_000, kill: 2_000, records: 100_000, 'n8n-orders': 400, 'n8n-single': 100, 'n8n-kill': 300 });
const folder = join(tmpdir(), 'weft-bench-peers');
const say = (line: string): void => console.error(`… ${line}`);

say('the machine');
const javascript = javascriptLimit();
const commits = await withPostgres(async (url) => {
  const { sql } = connect({ url, role: 'owner', max: 16 });
  const figures = { one: await commitLimit(sql, 1), sixteen: await commitLimit(sql, 16) };
  await sql.end();
  return figures;
});

const sink = await startSink();
const http = await httpLimit(sink);
say('Weft');
const product = await measureProduct(sink, counts, (line) => say(`Weft: ${line}`));
const weft: PeerFigures = { name: 'Weft', runs: product.runs, batches: { 'drawn nodes': product.batch }, loss: product.loss, start: product.start };

say(`Node-RED (installed in ${folder})`);
const nodeRed = await measurePeer(await startNodeRed(folder, sink.url), sink, { ...counts, warm: 3_000 });
say(`n8n (installed in ${folder}; takes minutes)`);
const n8n = await measurePeer(await startN8n(folder, sink.url), sink, {
  warm: 20, orders: counts['n8n-orders'], single: counts['n8n-single'], kill: counts['n8n-kill'], records: counts.records,
});
sink.close();

const all = [weft, nodeRed, n8n];
console.log(`\nThe machine: JavaScript alone ${javascript} orders/s on one core; durable commits ${commits.one}/s from one client, ${commits.sixteen}/s from sixteen; bare HTTP ${http}/s.`);
console.log(`Weft is durable: ${Object.entries(product.settings).map(([name, value]) => `${name} ${value}`).join(', ')}; rows kept: ${JSON.stringify(product.rows)}\n`);
console.log(table(throughputHead, all.flatMap((one) => one.runs.map((run) => throughputRow(one.name, run)))));
console.log(`\n${table(batchHead, all.flatMap((one) => Object.entries(one.batches).map(([by, run]) => batchRow(`${one.name}, ${by}`, run))))}`);
console.log(`\n${table(startHead, all.map((one) => startRow(one.name, one.start)))}`);
console.log(`\nkill -9 with the sink hanging:\n\n${table(lossHead, all.map((one) => lossRow(one.name, one.loss)))}`);
console.log(`\n${table(ratioHead, ratios({ weft, nodeRed, n8n }))}`);
console.log(`\nWritten to ${saveResults('peers', { javascript, commits, http, product, nodeRed, n8n })}`);
process.exit(product.loss.lost > 0 ? 1 : 0);
