import { startKilling } from '../lib/killing.ts';
import { Misses, type Scenario } from '../lib/scenario.ts';
import { now, type Sending } from '../lib/senders.ts';
import { seconds } from './r01-kills.ts';

/** R10: order per key survives the kills of R1, and a key whose event fails holds up nobody else. */
export const order: Scenario = {
  id: 'R10',
  title: 'order: 200 keys × 100 events under the kills of R1; one key’s event fails for a while',
  wanted: '0 inversions; a failed event blocks only its key',
  async run(context) {
    const keys = context.size({ short: 20, usual: 200, long: 200 });
    const each = context.size({ short: 15, usual: 100, long: 100 });
    const stage = await context.stage();
    const target = await stage.flow({ ordered: true, settings: { retry: { maxAttempts: 20, baseSeconds: 4, maxSeconds: 8 } } });
    const failing = 'k0-3';
    await stage.far.behave({ delayMs: 3, failing: [failing] });
    const front = await stage.fleet.start({ roles: 'ingress' });
    stage.ingress = [front.port];
    for (let worker = 0; worker < 3; worker += 1) await stage.fleet.start({ roles: 'worker' });
    const killing = startKilling(stage, { everyMs: context.short ? 1_000 : 2_000, pick: (workers) => context.random.pick(workers), databaseAtMs: context.short ? [1_500] : [8_000, 16_000] });
    // Of one key the next event is sent when the one before was acknowledged, as an ordered sender does.
    const line = async (key: number): Promise<void> => {
      for (let at = 0; at < each; at += 1) await stage.senders.send(event(key, at));
    };
    const event = (key: number, at: number): Sending => stage.event(target, `k${key}-${at}`, { key: `k${key}` });
    const lines = Array.from({ length: keys }, (_, key) => key);
    await Promise.all(Array.from({ length: 32 }, async () => {
      for (let key = lines.shift(); key !== undefined; key = lines.shift()) await line(key);
    }));
    const { kills } = await killing.stop();
    // Everything but the one key comes to its end while that key still fails.
    const others = await othersDone(stage, target.flowId, 120_000);
    const heldBack = stage.far.calls().filter((call) => call.applied && call.id.startsWith('k0-') && Number(call.id.slice(3)) > 3).length;
    await stage.far.behave({ delayMs: 3 });
    const released = now();
    const drained = await stage.drained(120_000);
    const found = await stage.check();
    const misses = new Misses();
    misses.expect(others, 'other keys waited for the failing one');
    misses.expect(heldBack === 0, `${heldBack} events overtook the failing one of their key`);
    misses.expect(drained !== null, 'not everything was terminal after 120 s');
    misses.expect(found.effects === keys * each, `${found.effects} effects instead of ${keys * each}`);
    misses.add(found.problems);
    return {
      figures: {
        events: keys * each, inversions: found.inversions, 'other keys held up': others ? 0 : 'yes', 'overtaken in the failing key': heldBack, kills, 'repeated calls': found.repeated,
        lost: found.lost, 'drained after the failing key was let go (s)': drained === null ? '> 120' : seconds(now() - released),
      },
      misses: misses.list,
    };
  },
};

type Stage = Awaited<ReturnType<Parameters<Scenario['run']>[0]['stage']>>;

async function othersDone(stage: Stage, flowId: string, timeoutMs: number): Promise<boolean> {
  const from = performance.now();
  while (performance.now() - from < timeoutMs) {
    const [row] = await stage.ask((sql) => sql<{ n: number }[]>`select count(*)::int as n from lane_entry where flow_id = ${flowId} and ordering_key <> 'k0'`);
    if (row?.n === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
