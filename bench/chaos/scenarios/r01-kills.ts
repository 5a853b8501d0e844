import { startKilling } from '../lib/killing.ts';
import { Misses, type Scenario } from '../lib/scenario.ts';

/** R1: workers die all the time, the database twice; nothing is lost and nothing is done twice. */
export const kills: Scenario = {
  id: 'R1',
  title: '3 workers, one SIGKILLed every 2 s, Postgres restarted the immediate way twice',
  wanted: '0 lost; every effect once per key; repeated calls only in flight at a kill; all terminal ≤ 120 s after the last fault',
  async run(context) {
    const count = context.size({ short: 600, usual: 10_000, long: 10_000 });
    const stage = await context.stage();
    const target = await stage.flow();
    await stage.far.behave({ delayMs: 3 });
    const front = await stage.fleet.start({ roles: 'ingress' });
    stage.ingress = [front.port];
    for (let worker = 0; worker < 3; worker += 1) await stage.fleet.start({ roles: 'worker' });
    const killing = startKilling(stage, {
      everyMs: context.short ? 1_000 : 2_000, pick: (workers) => context.random.pick(workers), databaseAtMs: context.short ? [1_500] : [8_000, 16_000],
    });
    context.say(`${count} events`);
    const sent = stage.senders.sendAll(Array.from({ length: count }, (_, at) => stage.event(target, `e${at}`)), 32);
    // Faults go on as long as there is something to disturb.
    await sent;
    const worked = context.short ? 0 : await stage.drained(30_000);
    const { kills: killed, restarts } = await killing.stop();
    const drained = await stage.drained(120_000);
    const found = await stage.check();
    const misses = new Misses();
    misses.expect(drained !== null, 'not everything was terminal 120 s after the last fault');
    misses.expect(found.acknowledged === count, `${count - found.acknowledged} events were never acknowledged`);
    misses.expect(found.effects === count, `${found.effects} distinct effects instead of ${count}`);
    misses.add(found.problems);
    return {
      figures: {
        lost: found.lost, 'distinct effects': found.effects, 'repeated calls': found.repeated, 'earliest before its kill (ms)': found.oldestRepeatMs, kills: killed,
        'database restarts': restarts, 'terminal after the last fault (s)': drained === null ? '> 120' : seconds(drained), 'drained under faults': worked === null ? 'no' : 'yes',
      },
      misses: misses.list,
    };
  },
};

export function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
