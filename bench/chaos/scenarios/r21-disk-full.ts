import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '#engine/launch/process-state.ts';
import { Misses, type Scenario, type Verdict } from '../lib/scenario.ts';
import { now } from '../lib/senders.ts';
import type { Stage } from '../lib/stage.ts';
import { seconds } from './r01-kills.ts';

const PER_SECOND = 40;
const VOLUME_MB = 480;
const LEFT_MB = 4;
const BODY_BYTES = 24_000;

const NOT_PLAYED: Verdict = { figures: { played: 'no: a small volume can be mounted by root only' }, misses: [] };

/** R21: the volume of the database is full. It is a tmpfs of its own, so root and Linux are needed. */
export const diskFull: Scenario = {
  id: 'R21',
  title: 'disk full on the database volume',
  wanted: '503, no false 2xx, recovers without manual SQL',
  async run(context): Promise<Verdict> {
    const folder = context.folder();
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${VOLUME_MB}m`, 'weft-chaos', folder]).status === 0;
    if (!mounted) return NOT_PLAYED;
    context.after(() => void spawnSync('umount', ['-l', folder]));
    chmodSync(folder, 0o711);
    const stage = await context.stage({ clusterFolder: folder, settings: { max_wal_size: '64MB', min_wal_size: '32MB', shared_buffers: '32MB' } });
    const target = await stage.flow();
    const engine = await stage.fleet.start();
    stage.ingress = [engine.port];
    const keeper = keepRunning(stage);
    context.after(() => keeper.stop());

    const fullMs = context.size({ short: 4_000, usual: 15_000, long: 60_000 });
    const events = Array.from({ length: Math.round((fullMs / 1000 + 15) * PER_SECOND) }, (_, at) => stage.event(target, `e${at}`, { extra: { text: randomBytes(BODY_BYTES).toString('base64') } }));
    const sending = stage.senders.sendAtRate(events, PER_SECOND);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const from = now();
    const back = await stage.during('disk full', async () => {
      const filler = fill(folder);
      await until(() => stage.senders.tries.some((one) => one.at > from && one.status === 503), 60_000);
      await new Promise((resolve) => setTimeout(resolve, fullMs));
      rmSync(filler);
      return now();
    });
    await sending;
    const drained = await stage.drained(120_000);
    await keeper.stop();
    const refused = stage.senders.tries.filter((one) => one.status !== 200);
    const slow = refused.map((one) => one.ms).toSorted((one, other) => one - other);
    const accepted = stage.senders.tries.filter((one) => one.at > back && one.status === 200).map((one) => one.at - back);
    const misses = new Misses();
    misses.expect(refused.length > 0, 'nobody was refused');
    misses.expect(refused.every((one) => one.status === 503), `refused with ${[...new Set(refused.map((one) => one.status))].join(', ')}`);
    misses.expect(refused.every((one) => one.retryAfter >= 0), 'an answer without Retry-After');
    misses.expect(engine.alive, 'the engine ended');
    misses.expect(drained !== null, 'not drained 120 s after there was room again');
    // Every 200 is an event in the database: that is what the checker's "lost" means.
    const found = await stage.check();
    misses.add(found.problems);
    return {
      figures: {
        'refused with 503': refused.length, 'refused after p99 (ms)': Math.round(slow[Math.floor(slow.length * 0.99)] ?? 0), 'server restarts by itself or its keeper': keeper.restarts(),
        'first accepted after room (s)': seconds(Math.min(...accepted)), 'drained (s)': drained === null ? '> 120' : seconds(drained), 'false 2xx': found.lost, 'repeated calls': found.repeated,
      },
      misses: misses.list,
    };
  },
};

/** Takes all room but a few megabytes. */
function fill(folder: string): string {
  const file = join(folder, 'filler');
  const handle = openSync(file, 'w');
  const { bavail, bsize } = statfsSync(folder);
  const chunk = Buffer.alloc(1024 * 1024);
  for (let left = Math.floor((bavail * bsize) / chunk.length) - LEFT_MB; left > 0; left -= 1) writeSync(handle, chunk);
  closeSync(handle);
  return file;
}

/** Starts the server again when it ended, as the product's supervisor does (engine/launch/database-server.ts): with no room for its log it cannot stay up. */
function keepRunning(stage: Stage): { restarts(): number; stop(): Promise<void> } {
  let stopped = false;
  let restarts = 0;
  const work = (async () => {
    while (!stopped) {
      if (!isAlive(stage.cluster.pid)) {
        restarts += 1;
        await stage.cluster.start().catch(() => undefined);
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  })();
  return {
    restarts: () => restarts,
    async stop() {
      stopped = true;
      await work;
    },
  };
}

async function until(holds: () => boolean, timeoutMs: number): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!holds() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
}
