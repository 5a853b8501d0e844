import { Misses, type Scenario } from '../lib/scenario.ts';
import { foundAfter } from './r20-bad-network.ts';

const LIMIT_MS = 50;
/** Longer than a lane without work is kept: each event finds a system that holds nothing. */
const PAUSE_MS = 1_400;

/** R27: one webhook into an idle system. */
export const idle: Scenario = {
  id: 'R27',
  title: 'idle dispatch: one webhook every 1.4 s, in one process and with ingress and worker apart',
  wanted: 'accepted → first step started, p50 ≤ 50 ms',
  async run(context) {
    const count = context.size({ short: 4, usual: 30, long: 100 });
    const stage = await context.stage();
    const misses = new Misses();
    const figures: Record<string, number> = {};
    const one = await stage.flow({ tenant: 'one' });
    const together = await stage.fleet.start();
    stage.ingress = [together.port];
    const trickle = async (target: typeof one, name: string): Promise<void> => {
      await stage.senders.send(stage.event(target, `${name}-first`));
      for (let at = 0; at < count; at += 1) {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS + context.random.between(0, 100)));
        await stage.senders.send(stage.event(target, `${name}-${at}`));
      }
      await stage.drained(20_000);
      const { p50, p95 } = await foundAfter(stage, target.flowId);
      figures[`${name} p50 (ms)`] = Math.round(p50);
      figures[`${name} p95 (ms)`] = Math.round(p95);
      misses.expect(p50 <= LIMIT_MS, `${name}: p50 was ${Math.round(p50)} ms`);
    };
    await trickle(one, 'one process');
    await together.kill('SIGTERM');
    const two = await stage.flow({ tenant: 'two' });
    const front = await stage.fleet.start({ roles: 'ingress' });
    await stage.fleet.start({ roles: 'worker' });
    stage.ingress = [front.port];
    await trickle(two, 'two processes');
    misses.add((await stage.check()).problems);
    return { figures, misses: misses.list };
  },
};
