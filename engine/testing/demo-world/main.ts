/**
 * The demo world as a process of its own: `node engine/testing/demo-world/main.ts`. Port WEFT_DEMO_PORT (3002), its log in
 * WEFT_DATA_DIR (.weft). Started as a child with a channel it tells its parent `{ type: 'ready', url }`; it ends with its parent,
 * however that ended.
 */
import { join } from 'node:path';
import { startDemoWorld } from './start-demo-world.ts';

const PARENT_CHECK_MS = 1_000;
const parent = process.ppid;

const world = await startDemoWorld({
  port: Number(process.env.WEFT_DEMO_PORT ?? 3002),
  logFile: join(process.env.WEFT_DATA_DIR ?? '.weft', 'demo-world.jsonl'),
});
console.log(JSON.stringify({ msg: 'demo world ready', url: world.url }));
process.send?.({ type: 'ready', url: world.url });

async function stop(): Promise<void> {
  await world.close();
  process.exit(0);
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
process.once('disconnect', () => void stop());
// A parent that was killed says nothing: its orphans are given to another process, which is how they notice.
setInterval(() => {
  if (process.ppid !== parent) void stop();
}, PARENT_CHECK_MS).unref();
