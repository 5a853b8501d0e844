import { checkMapping, measureLoss, measureThroughput, type Loss, type Throughput } from '../lib/measure.ts';
import type { Sink } from '../lib/start-sink.ts';
import { startProduct } from './start-product.ts';

export interface ProductFigures {
  settings: Record<string, string>;
  runs: Throughput[];
  rows: Record<string, number>;
  loss: Loss;
}

const WARM_UP = 1_000;
const SETTLE_MS = 120_000;

/** W1 one at a time and 32 at once, the rows kept of it, then W4; each on the same running product. */
export async function measureProduct(sink: Sink, counts: { orders: number; single: number; kill: number }, say: (line: string) => void): Promise<ProductFigures> {
  say('starting PostgreSQL and the engine');
  const product = await startProduct(sink.url);
  try {
    const settings = await product.assertDurable();
    await checkMapping(product, sink);
    say('warming up');
    await measureThroughput(product, sink, { count: WARM_UP, concurrency: 8, prefix: 'WARM' });
    const runs: Throughput[] = [];
    for (const [prefix, count, concurrency] of [['C1', counts.single, 1], ['C32', counts.orders, 32]] as const) {
      await product.settled(SETTLE_MS);
      say(`${count} orders, ${concurrency} at a time`);
      runs.push(await measureThroughput(product, sink, { count, concurrency, prefix }));
    }
    await product.settled(SETTLE_MS);
    const rows = await product.rowsKept();
    say(`${counts.kill} orders, then kill -9`);
    const loss = await measureLoss(product, sink, { count: counts.kill, prefix: 'KILL', patienceMs: 300_000 });
    return { settings, runs, rows, loss };
  } finally {
    await product.stop();
  }
}
