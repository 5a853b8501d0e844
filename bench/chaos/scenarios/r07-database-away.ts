import { Misses, type Scenario } from '../lib/scenario.ts';
import { now } from '../lib/senders.ts';
import { seconds } from './r01-kills.ts';

const PER_SECOND = 50;

/** R7: the database is gone for a minute while events come in. */
export const databaseAway: Scenario = {
  id: 'R7',
  title: 'Postgres down 60 s under 50 events/s',
  wanted: '503 with Retry-After ≤ 1 s; drained ≤ 60 s after; no process needs a restart',
  async run(context) {
    const downMs = context.size({ short: 4_000, usual: 60_000, long: 60_000 });
    const stage = await context.stage();
    const target = await stage.flow();
    const engine = await stage.fleet.start();
    const worker = await stage.fleet.start({ roles: 'worker' });
    stage.ingress = [engine.port];
    const lasting = downMs / 1000 + (context.short ? 4 : 10);
    const events = Array.from({ length: Math.round(lasting * PER_SECOND) }, (_, at) => stage.event(target, `e${at}`));
    const sending = stage.senders.sendAtRate(events, PER_SECOND);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const [from] = [now()];
    await stage.during('Postgres down', async () => {
      await stage.cluster.kill('SIGQUIT');
      await new Promise((resolve) => setTimeout(resolve, downMs));
      await stage.cluster.start();
    });
    const back = now();
    const first = await firstAccepted(stage.senders.tries, back);
    await sending;
    const drained = await stage.drained(120_000);
    const drainedAfter = drained === null ? null : now() - back;
    const refused = stage.senders.tries.filter((one) => one.at > from + 1_000 && one.at < back && one.status !== 200);
    const slow = refused.map((one) => one.ms).toSorted((a, b) => a - b);
    const misses = new Misses();
    misses.expect(refused.length > 0, 'nobody was refused');
    misses.expect(refused.every((one) => one.status === 503), `while it was away: ${[...new Set(refused.map((one) => one.status))].join(', ')} instead of 503`);
    misses.expect(refused.every((one) => one.retryAfter >= 0 && one.retryAfter <= 1), 'an answer without Retry-After ≤ 1');
    misses.expect(engine.alive && worker.alive, 'a process ended');
    misses.expect(drainedAfter !== null && drainedAfter <= 60_000, 'not drained 60 s after');
    const found = await stage.check();
    misses.add(found.problems);
    return {
      figures: {
        'refused with 503': refused.length, 'refused after p50 (ms)': Math.round(slow[Math.floor(slow.length / 2)] ?? 0), 'p99 (ms)': Math.round(slow[Math.floor(slow.length * 0.99)] ?? 0),
        'first accepted after it was back (s)': seconds(first), 'drained after (s)': drainedAfter === null ? '> 120' : seconds(drainedAfter), lost: found.lost, 'repeated calls': found.repeated,
      },
      misses: misses.list,
    };
  },
};

async function firstAccepted(tries: readonly { at: number; status: number }[], since: number): Promise<number> {
  for (;;) {
    const found = tries.find((one) => one.at >= since && one.status === 200);
    if (found) return found.at - since;
    if (now() - since > 60_000) return Number.POSITIVE_INFINITY;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
