import { until } from '../until.ts';
import { events, type TrafficWorld } from '../traffic-world.ts';

export interface TakeoverFigures {
  events: number;
  /** From the start of a second process until it holds its part of the lanes. */
  sharedAfterMs: number;
  lanesOfJoined: number;
  /** From killing it until its lanes are worked on by the first again. */
  resumedAfterMs: number;
  /** Distinct effects in the end. */
  distinct: number;
  calls: number;
}

/** One flow with a long backlog in one process: a second one joins, gets lanes, and is killed. */
export async function takeover(world: TrafficWorld, of: { events: number; callMs: number }): Promise<TakeoverFigures> {
  const { sql } = world.seed;
  const tenant = await world.tenant('takeover');
  const flow = await world.flow(tenant, await world.connection(tenant), { concurrency: 8 });
  world.far.answer = (call) => (call.path === flow.path ? { delayMs: of.callMs } : {});
  await world.sendMany(flow, events(of.events), 32);

  const owners = async () => {
    const rows = await sql<{ owner: string; lanes: number }[]>`
      select lease_owner as owner, count(*)::int as lanes from lane where flow_id = ${flow.flowId} and lease_owner is not null and lease_until > now() group by lease_owner`;
    return new Map(rows.map((row) => [row.owner.split('-')[0], row.lanes]));
  };
  const joining = performance.now();
  const joined = await world.addEngine();
  const lanesOfJoined = await until(async () => {
    const lanes = (await owners()).get(String(joined.pid)) ?? 0;
    return lanes >= 3 ? lanes : null;
  }, 30_000, 'the second process to hold lanes');
  const sharedAfterMs = performance.now() - joining;

  await joined.kill('SIGKILL');
  world.engines.pop();
  const killed = performance.now();
  await until(async () => !(await owners()).has(String(joined.pid)), 30_000, 'the lease to run out');
  const lost = await sql<{ number: number }[]>`select number from lane where flow_id = ${flow.flowId} and lease_owner like ${`${joined.pid}-%`}`;
  await until(async () => {
    const rows = await sql`
      select 1 from lane where flow_id = ${flow.flowId} and number = any(${lost.map((row) => row.number)}) and (lease_owner is null or lease_owner like ${`${joined.pid}-%`})
        and exists (select from lane_entry e where e.flow_id = lane.flow_id and e.lane = lane.number)`;
    return rows.length === 0;
  }, 40_000, 'the lanes to be taken over');
  const resumedAfterMs = performance.now() - killed;
  await world.succeeded(flow, of.events, 180_000);
  const calls = world.callsOf(flow);
  return { events: of.events, sharedAfterMs: Math.round(sharedAfterMs), lanesOfJoined, resumedAfterMs: Math.round(resumedAfterMs), distinct: new Set(calls.map((call) => call.key)).size, calls: calls.length };
}
