import { Misses, type Scenario } from '../lib/scenario.ts';
import { seconds } from './r01-kills.ts';

const LIMIT_MS = 10_000;

/** R8: the postmaster is killed in the middle of writes, over and over. */
export const postmaster: Scenario = {
  id: 'R8',
  title: 'postmaster SIGKILLed 20 times during writes',
  wanted: 'up ≤ 10 s each, 0 lost commits',
  async run(context) {
    const rounds = context.size({ short: 2, usual: 20, long: 20 });
    const stage = await context.stage();
    const target = await stage.flow();
    const engine = await stage.fleet.start();
    stage.ingress = [engine.port];
    let sent = 0;
    let over = false;
    const sender = async (): Promise<void> => {
      while (!over) await stage.senders.send(stage.event(target, `e${(sent += 1)}`));
    };
    const sending = Promise.all(Array.from({ length: 8 }, sender));
    const up: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, context.random.between(300, 1_500)));
      await stage.during('postmaster SIGKILLed', async () => {
        await stage.cluster.kill('SIGKILL');
        up.push(await stage.cluster.start());
      });
    }
    over = true;
    await sending;
    const drained = await stage.drained(60_000);
    const found = await stage.check();
    const misses = new Misses();
    misses.expect(Math.max(...up) <= LIMIT_MS, `once it took ${seconds(Math.max(...up))} s`);
    misses.expect(drained !== null, 'not everything was terminal after 60 s');
    misses.expect(engine.alive, 'the engine ended');
    misses.add(found.problems);
    return {
      figures: { kills: rounds, 'slowest up after (s)': seconds(Math.max(...up)), 'acknowledged events': found.acknowledged, 'lost commits': found.lost, 'repeated calls': found.repeated },
      misses: misses.list,
    };
  },
};
