import { post, HOOK } from '../lib/stage.ts';
import { Misses, type Scenario } from '../lib/scenario.ts';
import { seconds } from './r01-kills.ts';

const SHARES = { errors: 0.2, silences: 0.1, resets: 0.05 };

/** R13: a vendor that fails in every way there is, also after it has done what it was asked to. */
export const vendorFaults: Scenario = {
  id: 'R13',
  title: 'far end: 20 % 500s, 10 % time-outs, 5 % resets after applying; some data refused',
  wanted: '100 % terminal, effects unique, no retry on data errors',
  async run(context) {
    const count = context.size({ short: 100, usual: 1_000, long: 5_000 });
    const stage = await context.stage();
    const target = await stage.flow({
      draw: (flow, connectionId) => flow.node('hook', 'webhook-trigger', HOOK).node('erp', 'http-request', post(connectionId, '/orders', { timeoutSeconds: 1 })).edge('hook', 'erp'),
      settings: { retry: { maxAttempts: 20, baseSeconds: 0.2, maxSeconds: 1 } },
    });
    const refused = Array.from({ length: Math.ceil(count / 20) }, (_, at) => `e${at * 20}`);
    await stage.far.behave({ ...SHARES, refused });
    const engines = [await stage.fleet.start(), await stage.fleet.start()];
    stage.ingress = engines.map((engine) => engine.port);
    await stage.senders.sendAll(Array.from({ length: count }, (_, at) => stage.event(target, `e${at}`)), 16);
    const drained = await stage.drained(context.short ? 90_000 : 300_000);
    const found = await stage.check({ failed: new Set(refused) });
    const calls = stage.far.calls();
    const callsOfRefused = calls.filter((call) => call.status === 422);
    const { unheard } = await stage.records();
    // A refusal that came too late to be heard is no refusal yet.
    const most = Math.max(...[...Map.groupBy(callsOfRefused, (call) => call.key)].map(([key, list]) => list.length - Math.min(list.length - 1, unheard.get(key) ?? 0)));
    const misses = new Misses();
    misses.expect(drained !== null, 'not everything was terminal');
    misses.expect(most === 1, `a data error was called ${most} times`);
    misses.add(found.problems);
    return {
      figures: {
        events: count, terminal: found.runs, 'distinct effects': found.effects, calls: calls.length, 'applied and not answered': calls.filter((call) => call.applied && call.status === 0).length,
        'calls per data error': most, 'repeated, answer not heard': found.repeatedUnheard, lost: found.lost, 'drained (s)': drained === null ? 'not' : seconds(drained),
      },
      misses: misses.list,
    };
  },
};
