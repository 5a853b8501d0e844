import { measureBatch, type BatchFigures } from '../lib/batch.ts';
import { measureStart, type StartFigures } from '../lib/cold-start.ts';
import { checkMapping, measureLoss, measureThroughput, type Loss, type Throughput } from '../lib/measure.ts';
import type { Sink } from '../lib/start-sink.ts';
import { VARIANTS, type SystemUnderTest } from '../lib/system.ts';

export interface PeerFigures {
  name: string;
  runs: Throughput[];
  /** By what the product flow is built from. */
  batches: Record<string, BatchFigures>;
  loss: Loss;
  start: StartFigures;
}

export interface PeerCounts {
  warm: number;
  orders: number;
  single: number;
  kill: number;
  records: number;
}

/** The same as for the product: start, mapping checked, warmed up, W1 one at a time and 32 at once, W2, then W4. */
export async function measurePeer(system: SystemUnderTest, sink: Sink, counts: PeerCounts): Promise<PeerFigures> {
  try {
    const start = await measureStart(system);
    const runs: Throughput[] = [];
    for (const variant of VARIANTS.filter((one) => system.hooks[one] !== undefined)) {
      await checkMapping(system, sink, variant);
      await measureThroughput(system, sink, { count: counts.warm, concurrency: 8, prefix: 'WARM', variant });
      if (variant === 'mapping') runs.push(await measureThroughput(system, sink, { count: counts.single, concurrency: 1, prefix: 'C1', variant }));
      runs.push(await measureThroughput(system, sink, { count: counts.orders, concurrency: 32, prefix: 'C32', variant }));
    }
    const batches: Record<string, BatchFigures> = {};
    for (const [by, url] of Object.entries(system.productUrls)) {
      batches[by] = await measureBatch(system, sink, { url, records: counts.records, patienceMs: 300_000 });
    }
    const loss = await measureLoss(system, sink, { count: counts.kill, prefix: 'KILL', patienceMs: 300_000 });
    return { name: system.name, runs, batches, loss, start };
  } finally {
    await system.stop();
  }
}
