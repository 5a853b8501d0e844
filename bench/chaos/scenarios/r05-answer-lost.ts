import { Misses, type Scenario } from '../lib/scenario.ts';

const WIDTH = 12;

/** R5: the commit is there, the answer is not; senders send again, under the same delivery id. */
export const answerLost: Scenario = {
  id: 'R5',
  title: 'ingress killed between commit and answer, again and again; senders send again',
  wanted: 'exactly 1,000 events of 1,000 sends',
  async run(context) {
    const count = context.size({ short: 60, usual: 1_000, long: 1_000 });
    const stage = await context.stage();
    const target = await stage.flow();
    await stage.fleet.start({ roles: 'worker' });
    const dies = (): Record<string, string> => ({ WEFT_TEST_FAULT: `after_accept_commit@${1 + context.random.below(context.short ? 3 : 6)}` });
    const sending = stage.senders.sendAll(Array.from({ length: count }, (_, at) => stage.event(target, `e${at}`)), WIDTH);
    let done = false;
    const ended = sending.then(() => void (done = true));
    let deaths = 0;
    let front = await stage.fleet.start({ roles: 'ingress', env: dies() });
    while (!done) {
      stage.ingress = [front.port];
      await Promise.race([front.ended, ended]);
      if (done) break;
      deaths += 1;
      stage.faults.push({ name: 'ingress killed', from: Date.now(), to: Date.now() });
      front = await stage.fleet.replace(front, dies());
    }
    const drained = await stage.drained(60_000);
    const found = await stage.check();
    const repeated = stage.senders.sent.filter((one) => one.answers.length > 1).length;
    const misses = new Misses();
    misses.expect(found.events === count, `${found.events} events of ${count} sends`);
    misses.expect(found.effects === count, `${found.effects} effects of ${count} sends`);
    misses.expect(drained !== null, 'not everything was terminal after 60 s');
    misses.expect(deaths > 0, 'the ingress never died');
    misses.add(found.problems);
    return { figures: { sends: count, events: found.events, effects: found.effects, 'ingress killed': deaths, 'sent more than once': repeated }, misses: misses.list };
  },
};
