import { get } from 'node:http';
import postgres from 'postgres';
import { migrate } from '#drizzle/migrate.ts';
import type { EngineProcess } from '../lib/fleet.ts';
import { Misses, type Scenario } from '../lib/scenario.ts';
import { seconds } from './r01-kills.ts';

const PER_SECOND = 100;
const DRAIN = { WEFT_DRAIN_SECONDS: '1' };
const LOOK_MS = 100;

/** R16: a new version comes in while events do: migrate, then one process after another. Senders go through a load balancer that asks /ready. */
export const rolling: Scenario = {
  id: 'R16',
  title: 'rolling restart of 3 workers + migration at 100 events/s',
  wanted: '0 errors to senders, 0 lost',
  async run(context) {
    const stage = await context.stage();
    const target = await stage.flow();
    const engines: EngineProcess[] = [];
    for (let number = 0; number < 3; number += 1) engines.push(await stage.fleet.start({ env: DRAIN }));
    const balancer = balance(engines.map((engine) => engine.port), (ports) => (stage.ingress = ports));
    context.after(() => balancer.stop());
    await balancer.look();
    const events = Array.from({ length: context.size({ short: 8, usual: 30, long: 60 }) * PER_SECOND }, (_, at) => stage.event(target, `e${at}`));
    const sending = stage.senders.sendAtRate(events, PER_SECOND);

    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const migrated = await stage.during('migration', () => migrateAgain(stage.ownerUrl));
    const codes: (number | string)[] = [];
    for (const engine of engines) {
      await stage.during('restart', async () => {
        codes.push(await engine.kill('SIGTERM'));
        await stage.fleet.replace(engine, DRAIN);
      });
      await balancer.look();
    }
    await sending;
    const drained = await stage.drained(60_000);
    const errors = stage.senders.tries.filter((one) => one.status !== 200);
    const slowest = stage.senders.tries.map((one) => one.ms).toSorted((one, other) => one - other);
    const misses = new Misses();
    misses.expect(errors.length === 0, `${errors.length} tries failed: ${[...new Set(errors.map((one) => one.status))].join(', ')}`);
    misses.expect(codes.every((code) => code === 0), `exit codes ${codes.join(', ')}`);
    misses.expect(drained !== null, 'not drained 60 s after');
    const found = await stage.check();
    misses.add(found.problems);
    return {
      figures: {
        events: events.length, 'errors to senders': errors.length, 'migration (s)': seconds(migrated), 'answer p50 (ms)': at(slowest, 0.5), 'p99 (ms)': at(slowest, 0.99),
        'slowest (ms)': at(slowest, 1), 'exit codes': codes.join(' '), lost: found.lost, 'repeated calls': found.repeated,
      },
      misses: misses.list,
    };
  },
};

/** What an update does: a new column on the busiest table, and all functions, policies and grants anew. @returns milliseconds */
async function migrateAgain(ownerUrl: string): Promise<number> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => undefined });
  const from = performance.now();
  try {
    await givingWay(() => sql.begin(async (tx) => {
      await tx`set local lock_timeout = '200ms'`;
      await tx`alter table run add column added_by_an_update text`;
    }));
    await sql`delete from weft_migration where number is null`;
    await migrate(ownerUrl, { passwords: { web: 'chaos-web', auth: 'chaos-auth', engine: 'chaos-engine' } });
  } finally {
    await sql.end({ timeout: 2 });
  }
  return performance.now() - from;
}

/** As migrate() does it: never waits long enough to make an engine's statement the victim of a deadlock. */
async function givingWay(work: () => Promise<unknown>): Promise<void> {
  for (let left = 100; ; left -= 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** A load balancer as far as it matters here: which ports say they are ready, asked ten times a second. */
function balance(ports: number[], tell: (ports: number[]) => void): { look(): Promise<void>; stop(): void } {
  const look = async (): Promise<void> => {
    const ready = await Promise.all(ports.map(isReady));
    const well = ports.filter((_, index) => ready[index]);
    if (well.length > 0) tell(well);
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  return { look, stop: () => clearInterval(timer) };
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ port, host: '127.0.0.1', path: '/ready', agent: false, timeout: 5_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}

function at(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
