import { BadLink } from '../lib/bad-link.ts';
import { Misses, type Scenario } from '../lib/scenario.ts';
import { seconds } from './r01-kills.ts';

const ROUND_TRIP_MS = 500;
const FOUND_MS = 2_000;
const PER_SECOND = 20;
const WARM_MS = 15_000;

/** R20: the network between engine and database is slow, cuts connections, and leaves some half open. */
export const badNetwork: Scenario = {
  id: 'R20',
  title: '500 ms per round trip, 5 % of connections reset each second, half-open sockets to Postgres',
  wanted: '0 lost; work found ≤ 2 s',
  async run(context) {
    const lastMs = context.size({ short: 8_000, usual: 40_000, long: 180_000 });
    const stage = await context.stage();
    const target = await stage.flow();
    const direct = new URL(stage.urls.engineUrl);
    const link = new BadLink({ host: direct.hostname, port: Number(direct.port) }, context.random);
    context.after(() => link.close());
    direct.hostname = '127.0.0.1';
    direct.port = String(await link.listen());
    const engine = await stage.fleet.start({ databaseUrl: direct.href, roles: 'ingress' });
    const worker = await stage.fleet.start({ databaseUrl: direct.href, roles: 'worker' });
    stage.ingress = [engine.port];
    const events = (name: string, ms: number) => Array.from({ length: Math.ceil((ms / 1000) * PER_SECOND) }, (_, at) => stage.event(target, `${name}${at}`));
    link.latencyMs = ROUND_TRIP_MS / 2;
    // What a process learns once (flow, connection, on each of its sessions the plans of its statements) is not what finding work takes.
    await stage.senders.sendAtRate(events('warm', WARM_MS), PER_SECOND);
    await stage.drained(60_000);
    context.say('slow');
    await stage.senders.sendAtRate(events('slow', lastMs / 4), PER_SECOND);
    await stage.drained(60_000);
    const slow = await foundAfterCommit(stage, target.flowId, { prefix: 'slow', answerMs: ROUND_TRIP_MS / 2 });
    context.say('slow, cut and half open');
    let ended = 0;
    await stage.during('bad network', async () => {
      const timer = setInterval(() => {
        link.cut(0.05);
        link.deafen(0.02);
      }, 1_000);
      try {
        await stage.senders.sendAtRate(events('bad', lastMs), PER_SECOND);
        ended = (await stage.drained(120_000)) ?? -1;
      } finally {
        clearInterval(timer);
      }
    });
    link.latencyMs = 0;
    const drained = ended >= 0 ? ended : await stage.drained(60_000);
    const found = await stage.check();
    const misses = new Misses();
    misses.expect(drained !== null, 'not everything was terminal');
    misses.expect(engine.alive && worker.alive, 'a process ended');
    misses.expect(slow.p95 <= FOUND_MS, `work was found after ${seconds(slow.p95)} s (p95)`);
    misses.add(found.problems);
    return {
      figures: {
        'work found p50 (s)': seconds(slow.p50), 'p95 (s)': seconds(slow.p95), 'connections cut': link.cuts, 'half open': link.halfOpen, lost: found.lost,
        'drained under it after (s)': ended >= 0 ? seconds(ended) : 'not', 'repeated calls': found.repeated,
      },
      misses: misses.list,
    };
  },
};

type Stage = Awaited<ReturnType<Parameters<Scenario['run']>[0]['stage']>>;

/**
 * From an event's commit until its run began, as its sender sees it: the answer was on its way for `answerMs`. (`received_at` is
 * when the accepting transaction began, round trips before it committed.)
 */
async function foundAfterCommit(stage: Stage, flowId: string, of: { prefix: string; answerMs: number }): Promise<Found> {
  const committed = new Map(stage.senders.sent.filter(({ id }) => id.startsWith(of.prefix)).map((one) => [one.eventId, one.acknowledgedAt - of.answerMs]));
  const runs = await stage.ask((sql) => sql<{ event: string; at: number }[]>`
    select event_id as event, (extract(epoch from started_at) * 1000)::float8 as at from run where flow_id = ${flowId}`);
  return spread(runs.flatMap(({ event, at }) => at - (committed.get(event) ?? Number.NaN)).filter((ms) => !Number.isNaN(ms)));
}

interface Found {
  p50: number;
  p95: number;
  p99: number;
  count: number;
}

/** From the beginning of the transaction that accepted an event until its run began. */
export async function foundAfter(stage: Stage, flowId: string): Promise<Found> {
  const rows = await stage.ask((sql) => sql<{ ms: number }[]>`
    select (extract(epoch from r.started_at - i.received_at) * 1000)::float8 as ms from run r join inbox i on i.id = r.event_id and i.received_at = r.event_received_at
    where r.flow_id = ${flowId}`);
  return spread(rows.map((row) => row.ms));
}

function spread(values: readonly number[]): Found {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => Math.max(0, sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), count: sorted.length };
}
