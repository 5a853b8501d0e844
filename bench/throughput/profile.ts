/**
 * `npx node bench/throughput/profile.ts [--orders 6000 | --records 100000]`: where the engine's CPU time goes while orders run through it
 * 32 at a time, or product records in pages, by room of the code or package, and by function. Percent of the time the engine was not idle.
 */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { batchHead, batchRow, measureBatch } from '../lib/batch.ts';
import { measureThroughput } from '../lib/measure.ts';
import { numbersFrom } from '../lib/options.ts';
import { table, throughputHead, throughputRow } from '../lib/report.ts';
import { startSink } from '../lib/start-sink.ts';
import { startProduct } from './start-product.ts';

const profileSchema = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }) })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

const SHOWN = 25;
const counts = numbersFrom({ orders: 6_000, records: 0 });
const folder = await mkdtemp(join(tmpdir(), 'weft-profile-'));
const sink = await startSink();
const product = await startProduct(sink.url, ['--cpu-prof', `--cpu-prof-dir=${folder}`]);
console.log(`${counts.records > 0 ? await products(counts.records) : await orders(counts.orders)}\n`);
await product.stop();
sink.close();

const [file] = await readdir(folder);
if (file === undefined) throw new Error('The engine wrote no profile.');
summarise(profileSchema.parse(JSON.parse(await readFile(join(folder, file), 'utf8'))));
await rm(folder, { recursive: true });
process.exit(0);

async function orders(count: number): Promise<string> {
  await measureThroughput(product, sink, { count: 1_000, concurrency: 8, prefix: 'WARM' });
  return table(throughputHead, [throughputRow('Weft, profiled', await measureThroughput(product, sink, { count, concurrency: 32, prefix: 'PROF' }))]);
}

async function products(records: number): Promise<string> {
  const [url = ''] = Object.values(product.productUrls);
  return table(batchHead, [batchRow('Weft, profiled', await measureBatch(product, sink, { url, records, patienceMs: 300_000 }))]);
}

function summarise(profile: z.infer<typeof profileSchema>): void {
  const frames = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const byFunction = new Map<string, number>();
  const byRoom = new Map<string, number>();
  let busy = 0;
  profile.samples.forEach((id, index) => {
    const frame = frames.get(id);
    const time = profile.timeDeltas[index] ?? 0;
    if (!frame || frame.functionName === '(idle)') return;
    busy += time;
    const room = roomOf(frame.url, frame.functionName);
    const name = `${frame.functionName || '(anonymous)'} ${frame.url.split('/').slice(-2).join('/')}:${frame.lineNumber + 1}`;
    byRoom.set(room, (byRoom.get(room) ?? 0) + time);
    byFunction.set(name, (byFunction.get(name) ?? 0) + time);
  });
  const top = (times: Map<string, number>, count: number) =>
    [...times].sort((a, b) => b[1] - a[1]).slice(0, count).map(([name, time]) => [name, `${((time / busy) * 100).toFixed(1)} %`]);
  console.log(table(['room or package', 'own time'], top(byRoom, SHOWN)));
  console.log(`\n${table(['function', 'own time'], top(byFunction, SHOWN))}`);
}

function roomOf(url: string, functionName: string): string {
  if (functionName.startsWith('(')) return functionName;
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url);
  if (inPackage) return inPackage[1] ?? '';
  const room = /\/(engine\/[^/]+(?:\/[^/]+(?=\/))?|drizzle)\//.exec(url);
  return room?.[1] ?? (url.startsWith('node:') ? url : '(native)');
}
