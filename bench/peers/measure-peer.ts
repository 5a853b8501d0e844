import { checkMapping, measureLoss, measureThroughput, type Loss, type Throughput } from '../lib/measure.ts';
import type { Sink } from '../lib/start-sink.ts';
import type { SystemUnderTest } from '../lib/system.ts';

export interface PeerFigures {
  name: string;
  runs: Throughput[];
  loss: Loss;
}

export interface PeerCounts {
  warm: number;
  orders: number;
  single: number;
  kill: number;
}

/** The same as for the product: mapping checked, warmed up, W1 one at a time and 32 at once, then W4. */
export async function measurePeer(system: SystemUnderTest, sink: Sink, counts: PeerCounts): Promise<PeerFigures> {
  try {
    await checkMapping(system, sink);
    await measureThroughput(system, sink, { count: counts.warm, concurrency: 8, prefix: 'WARM' });
    const single = await measureThroughput(system, sink, { count: counts.single, concurrency: 1, prefix: 'C1' });
    const many = await measureThroughput(system, sink, { count: counts.orders, concurrency: 32, prefix: 'C32' });
    const loss = await measureLoss(system, sink, { count: counts.kill, prefix: 'KILL', patienceMs: 300_000 });
    return { name: system.name, runs: [single, many], loss };
  } finally {
    await system.stop();
  }
}
