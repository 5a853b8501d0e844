import { until } from '../until.ts';
import { events, quantile, type TrafficWorld } from '../traffic-world.ts';

export interface OutageFigures {
  events: number;
  /** Failed calls the far end saw before the breaker opened. */
  failuresToOpen: number;
  /** Calls while it was open, all of them probes, and how many at once. */
  probes: number;
  probesAtOnce: number;
  /** Waits between probes as they were stored, seconds. */
  probeWaits: number[];
  /** Start of another retailer's events during the outage, milliseconds from acceptance. */
  othersP95Ms: number;
  /** Calls a second from the end of the ramp until the backlog was through, and the rate that was asked for. */
  drainedPerSecond: number;
  drainPerSecond: number;
  /** Runs that did not succeed in the end. */
  lost: number;
  /** Attempts beyond those whose calls failed. */
  attemptsSpent: number;
}

/**
 * A vendor that is away for long: the breaker opens, one probe at a time looks for it, everybody else goes on, and when it is back
 * what waited is sent at the stated rate. Hours pass by moving the stored time of the next probe.
 */
export async function outage(world: TrafficWorld, of: { events: number; probes: number; drainPerSecond: number }): Promise<OutageFigures> {
  const { sql } = world.seed;
  const tenant = await world.tenant('outage');
  const other = await world.tenant('bystander');
  const connectionId = await world.connection(tenant, { drainPerSecond: of.drainPerSecond });
  const flow = await world.flow(tenant, connectionId, { concurrency: 8, retry: { maxAttempts: 10, baseSeconds: 0.2, maxSeconds: 1 } });
  const bystander = await world.flow(other, await world.connection(other));
  let away = false;
  world.far.answer = (call) => (away && call.path === flow.path ? { status: 503, delayMs: 20 } : { delayMs: 5 });
  await world.send(flow, { at: 'before' });
  await world.succeeded(flow, 1);

  away = true;
  const from = world.callsOf(flow).length;
  await world.sendMany(flow, events(of.events));
  const health = async () => (await sql<{ state: string; probe_s: number; failures: number }[]>`
    select state, extract(epoch from probe_at - updated_at)::float8 as probe_s, failures from connection_health where connection_id = ${connectionId}`)[0];
  const opened = await until(async () => {
    const row = await health();
    return row?.state === 'open' ? row : null;
  }, 20_000, 'the breaker');
  // What was under way when it opened ends.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const failuresToOpen = world.callsOf(flow).length - from;

  world.far.mostAtOnce.set(flow.path, 0);
  const probeWaits = [opened.probe_s];
  for (let probe = 1; probe <= of.probes; probe += 1) {
    await sql`update connection_health set probe_at = now() where connection_id = ${connectionId}`;
    const after = await until(async () => {
      const row = await health();
      return row && row.failures > opened.failures + probe - 1 ? row : null;
    }, 30_000, `probe ${probe}`);
    probeWaits.push(after.probe_s);
  }
  const probes = world.callsOf(flow).length - from - failuresToOpen;
  const probesAtOnce = world.far.mostAtOnce.get(flow.path) ?? 0;

  for (let at = 0; at < 40; at += 1) await world.send(bystander, { at }, at);
  await world.succeeded(bystander, 40);
  const waits = await sql<{ ms: number }[]>`select extract(epoch from started_at - event_received_at)::float8 * 1000 as ms from run where flow_id = ${bystander.flowId}`;

  away = false;
  const back = world.callsOf(flow).length;
  await sql`update connection_health set probe_at = now() where connection_id = ${connectionId}`;
  await world.succeeded(flow, of.events + 1, 120_000);
  const times = world.callsOf(flow).slice(back).map((call) => call.at);
  // The ramp: half of the rate for two seconds.
  const rampEnds = (times[0] ?? 0) + 2_500;
  const steady = times.filter((time) => time > rampEnds);
  const span = ((steady.at(-1) ?? 0) - (steady[0] ?? 0)) / 1000;
  const [row] = await sql<{ lost: number; spent: number }[]>`
    select count(*) filter (where state <> 'succeeded')::int as lost, coalesce(sum(attempt - 1), 0)::int as spent from run where flow_id = ${flow.flowId}`;
  return {
    events: of.events, failuresToOpen, probes, probesAtOnce, probeWaits, othersP95Ms: Math.round(quantile(waits.map((one) => one.ms), 0.95)),
    drainedPerSecond: (steady.length - 1) / span, drainPerSecond: of.drainPerSecond, lost: row?.lost ?? -1, attemptsSpent: (row?.spent ?? 0) - failuresToOpen - probes,
  };
}
