import { Misses, type Scenario } from '../lib/scenario.ts';
import type { Target } from '../lib/stage.ts';
import { seconds } from './r01-kills.ts';

const RETAILERS = 100;
const LIMIT_MS = 500;

/** R25: Black Friday's first ten seconds. */
export const burst: Scenario = {
  id: 'R25',
  title: '5,000 webhooks in 10 s from 100 retailers',
  wanted: 'answer p99 ≤ 500 ms, 0 refused below quota',
  async run(context) {
    const count = context.size({ short: 1_000, usual: 5_000, long: 5_000 });
    const stage = await context.stage();
    const targets: Target[] = [];
    for (let at = 0; at < RETAILERS; at += 1) targets.push(await stage.flow({ tenant: `r${at}` }));
    const engine = await stage.fleet.start();
    stage.ingress = [engine.port];
    // Flows and pools are in memory after the first event, as they are on a running system.
    await stage.senders.sendAll(targets.map((target) => stage.event(target, 'first')), 4);
    const tried = stage.senders.tries.length;
    const events = Array.from({ length: count }, (_, at) => {
      const target = targets[at % RETAILERS];
      if (!target) throw new Error('No retailer.');
      return stage.event(target, `e${at}`, { extra: { note: 'x'.repeat(1_800) } });
    });
    const from = performance.now();
    await stage.senders.sendAtRate(events, 500);
    const took = performance.now() - from;
    const tries = stage.senders.tries.slice(tried);
    const sorted = tries.map((one) => one.ms).toSorted((a, b) => a - b);
    const at = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
    const refused = tries.filter((one) => one.status !== 200).length;
    const drained = await stage.drained(60_000);
    const found = await stage.check();
    const misses = new Misses();
    misses.expect(at(0.99) <= LIMIT_MS, `p99 was ${at(0.99)} ms`);
    misses.expect(refused === 0, `${refused} were refused`);
    misses.expect(drained !== null, 'not worked off within 60 s');
    misses.add(found.problems);
    return {
      figures: { webhooks: count, 'sent in (s)': seconds(took), 'answer p50 (ms)': at(0.5), 'p99 (ms)': at(0.99), 'max (ms)': at(1), refused, 'worked off after (s)': drained === null ? '> 60' : seconds(drained), lost: found.lost },
      misses: misses.list,
    };
  },
};
