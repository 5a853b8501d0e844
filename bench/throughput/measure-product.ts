import { measureBatch, type BatchFigures } from '../lib/batch.ts';
import { measureStart, type StartFigures } from '../lib/cold-start.ts';
import { checkMapping, measureLoss, measureThroughput, type Loss, type Throughput } from '../lib/measure.ts';
import type { Sink } from '../lib/start-sink.ts';
import { VARIANTS } from '../lib/system.ts';
import { startProduct } from './start-product.ts';

export interface ProductFigures {
  settings: Record<string, string>;
  runs: Throughput[];
  rows: Record<string, number>;
  batch: BatchFigures;
  loss: Loss;
  start: StartFigures;
}

const WARM_UP = 3_000;
const SETTLE_MS = 120_000;
const PATIENCE_MS = 300_000;

/** W3, W1 one at a time and 32 at once, by each way of mapping, the rows kept of it, W2, then W4; each on the same running product. */
export async function measureProduct(sink: Sink, counts: { orders: number; single: number; kill: number; records: number }, say: (line: string) => void): Promise<ProductFigures> {
  say('starting PostgreSQL and the engine');
  const product = await startProduct(sink.url);
  try {
    const settings = await product.assertDurable();
    say('cold start and idle');
    const start = await measureStart(product);
    for (const variant of VARIANTS) await checkMapping(product, sink, variant);
    const runs: Throughput[] = [];
    for (const variant of VARIANTS) {
      say(`warming up, maps by ${variant}`);
      await measureThroughput(product, sink, { count: WARM_UP, concurrency: 8, prefix: 'WARM', variant });
      for (const [prefix, count, concurrency] of [['C1', counts.single, 1], ['C32', counts.orders, 32]] as const) {
        if (variant !== 'mapping' && concurrency === 1) continue;
        await product.settled(SETTLE_MS);
        say(`${count} orders, ${concurrency} at a time, maps by ${variant}`);
        runs.push(await measureThroughput(product, sink, { count, concurrency, prefix, variant }));
      }
    }
    await product.settled(SETTLE_MS);
    const rows = await product.rowsKept();
    say(`${counts.records} product records`);
    const batch = await measureBatch(product, sink, { url: product.productUrls['drawn nodes'] ?? '', records: counts.records, patienceMs: PATIENCE_MS });
    await product.settled(SETTLE_MS);
    say(`${counts.kill} orders, then kill -9`);
    const loss = await measureLoss(product, sink, { count: counts.kill, prefix: 'KILL', patienceMs: PATIENCE_MS });
    return { settings, runs, rows, batch, loss, start };
  } finally {
    await product.stop();
  }
}
