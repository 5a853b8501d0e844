import { Misses, type Scenario } from '../lib/scenario.ts';
import { now } from '../lib/senders.ts';
import { seconds } from './r01-kills.ts';

const LIMIT_MS = 20_000;

/** R2: what a killed worker had under way goes on elsewhere without anybody's help. */
export const takeover: Scenario = {
  id: 'R2',
  title: 'one of two workers SIGKILLed under load, not replaced',
  wanted: 'its work resumes elsewhere ≤ 20 s',
  async run(context) {
    const count = context.size({ short: 300, usual: 4_000, long: 10_000 });
    const stage = await context.stage();
    const target = await stage.flow();
    await stage.far.behave({ delayMs: 5 });
    const front = await stage.fleet.start({ roles: 'ingress' });
    stage.ingress = [front.port];
    const victim = await stage.fleet.start({ roles: 'worker' });
    await stage.fleet.start({ roles: 'worker' });
    const sending = stage.senders.sendAll(Array.from({ length: count }, (_, at) => stage.event(target, `e${at}`)), 16);
    // In the middle of it, when the victim holds lanes.
    const held = await heldLanes(stage, victim.pid, count / 3);
    const killedAt = now();
    await stage.during('SIGKILL of a worker', () => victim.kill('SIGKILL'));
    await sending;
    const drained = await stage.drained(60_000);
    const [records, found] = [await stage.ask((sql) => sql<{ lane: number; at: number }[]>`
      select i.lane, (extract(epoch from r.finished_at) * 1000)::float8 as at from inbox i join run r on r.event_id = i.id
      where i.flow_id = ${target.flowId} and r.finished_at is not null`), await stage.check()];
    // When each of the victim's lanes next finished anything.
    const resumed = held.map((lane) => Math.min(...records.filter((row) => row.lane === lane && row.at > killedAt).map((row) => row.at)) - killedAt);
    const slowest = Math.max(0, ...resumed.filter(Number.isFinite));
    const misses = new Misses();
    misses.expect(held.length > 0, 'the killed worker held nothing');
    misses.expect(drained !== null, 'the work did not end within 60 s');
    misses.expect(slowest <= LIMIT_MS, `a lane stood still for ${seconds(slowest)} s`);
    misses.add(found.problems);
    return { figures: { 'lanes taken over': held.length, 'slowest resumed after (s)': seconds(slowest), lost: found.lost, 'repeated calls': found.repeated }, misses: misses.list };
  },
};

type Stage = Awaited<ReturnType<Parameters<Scenario['run']>[0]['stage']>>;

/** Waits until the far end has had some calls and the process holds lanes with work; names them. */
async function heldLanes(stage: Stage, pid: number, calls: number): Promise<number[]> {
  for (let look = 0; look < 400; look += 1) {
    const { calls: had } = await stage.far.stats();
    const rows = await stage.ask((sql) => sql<{ number: number }[]>`
      select l.number from lane l where l.lease_owner like ${`${pid}-%`} and l.lease_until > now()
        and exists (select from lane_entry e where e.flow_id = l.flow_id and e.lane = l.number)`);
    if (had >= calls && rows.length > 0) return rows.map((row) => row.number);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return [];
}
