import { Misses, type Scenario } from '../lib/scenario.ts';
import { now } from '../lib/senders.ts';
import type { Stage } from '../lib/stage.ts';

/** R4: a worker that slept through its lease wakes up and must not touch what others have done meanwhile. */
export const zombie: Scenario = {
  id: 'R4',
  title: 'a worker frozen (SIGSTOP) in the middle of its work, then woken',
  wanted: '0 writes by the zombie, in the database and at the far end',
  async run(context) {
    const frozenMs = context.size({ short: 16_000, usual: 60_000, long: 60_000 });
    const count = context.size({ short: 200, usual: 2_000, long: 5_000 });
    const stage = await context.stage();
    const target = await stage.flow();
    await stage.far.behave({ delayMs: 20 });
    const front = await stage.fleet.start({ roles: 'ingress' });
    stage.ingress = [front.port];
    const sleeper = await stage.fleet.start({ roles: 'worker' });
    await stage.fleet.start({ roles: 'worker' });
    const sending = stage.senders.sendAll(Array.from({ length: count }, (_, at) => stage.event(target, `e${at}`)), 32);
    await workedBy(stage, sleeper.pid);
    const misses = new Misses();
    let drained: number | null = null;
    await stage.during('SIGSTOP', async () => {
      const until = now() + frozenMs;
      sleeper.signal('SIGSTOP');
      await sending;
      drained = await stage.drained(frozenMs - 2_000);
      while (now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    });
    misses.expect(drained !== null, 'the others had not ended the work when the sleeper woke');
    const before = await fingerprint(stage);
    const callsBefore = stage.far.calls().length;
    const wokenAt = now();
    sleeper.signal('SIGCONT');
    // Longer than its heartbeat, its retries and the journal's.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    const after = await fingerprint(stage);
    const calls = stage.far.calls();
    const byZombie = calls.filter((call) => call.pid === sleeper.pid && call.at > wokenAt).length;
    const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
    misses.expect(changed.length === 0, `rows changed after it woke: ${changed.join(', ')}`);
    misses.expect(calls.length === callsBefore, `${calls.length - callsBefore} calls after it woke`);
    misses.expect(sleeper.alive, 'the woken worker ended');
    // It works again, under new leases.
    await stage.senders.sendAll(Array.from({ length: 50 }, (_, at) => stage.event(target, `again${at}`)), 8);
    misses.expect((await stage.drained(20_000)) !== null, 'events sent after it woke were not worked on');
    const found = await stage.check();
    misses.add(found.problems);
    return {
      figures: { 'frozen (s)': frozenMs / 1000, 'calls by the zombie': byZombie, 'rows changed by the zombie': changed.length, lost: found.lost, 'repeated calls (in flight when frozen)': found.repeated },
      misses: misses.list,
    };
  },
};

/** Waits until the process has made calls, so that it is in the middle of some. */
async function workedBy(stage: Stage, pid: number): Promise<void> {
  for (let look = 0; look < 400; look += 1) {
    if (stage.far.calls().filter((call) => call.pid === pid).length >= 20) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('The worker to be frozen was given nothing to do.');
}

/** One text per table a run is written to: it changes with any row. */
async function fingerprint(stage: Stage): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const table of ['run', 'step', 'effect', 'exchange', 'exception', 'lane_entry']) {
    const [row] = await stage.ask((sql) => sql.unsafe<{ print: string }[]>(`select count(*) || ' ' || coalesce(sum(hashtext(t.xmin::text || t.ctid::text))::text, '') as print from ${table} t`));
    prints[table] = row?.print ?? '';
  }
  return prints;
}
