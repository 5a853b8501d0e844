import { events, overBucket, type TrafficWorld } from '../traffic-world.ts';

export interface SharedBudgetFigures {
  events: number;
  calls: number;
  /** Calls beyond capacity + rate × time in the worst stretch, counted at the far end. */
  over: number;
  /** The same, counted where the calls were started: what waited in sockets of a busy machine does not blur it. */
  overStarted: number;
  perSecond: number;
  /** Calls made of those the budget allowed. */
  used: number;
  /** Attempts that were spent on waiting. */
  attemptsSpent: number;
}

/** One bucket of an account for all processes and both of its connections, counted at the far end. */
export async function sharedBudget(world: TrafficWorld, of: { calls: number; perSecond: number; events: number }): Promise<SharedBudgetFigures> {
  const tenant = await world.tenant('budget');
  const rateLimit = { account: 'shop', limits: [{ style: 'bucket', calls: of.calls, perSecond: of.perSecond }] };
  const flows = [
    await world.flow(tenant, await world.connection(tenant, { rateLimit }), { concurrency: 16 }),
    await world.flow(tenant, await world.connection(tenant, { rateLimit }), { concurrency: 16 }),
  ];
  const each = of.events / flows.length;
  await Promise.all(flows.map((flow) => world.sendMany(flow, events(each))));
  await Promise.all(flows.map((flow) => world.succeeded(flow, each, 120_000)));
  const times = flows.flatMap((flow) => world.callsOf(flow).map((call) => call.at)).toSorted((one, other) => one - other);
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  const starts = await world.seed.sql<{ at: Date }[]>`
    select x.started_at as at from exchange x join run r on r.id = x.run_id where r.flow_id = any(${flows.map((flow) => flow.flowId)}) order by x.started_at`;
  const [row] = await world.seed.sql<{ spent: number }[]>`
    select coalesce(sum(attempt - 1), 0)::int as spent from run where flow_id = any(${flows.map((flow) => flow.flowId)})`;
  return {
    events: of.events, calls: times.length, overStarted: overBucket(starts.map((one) => one.at.getTime()), { capacity: of.calls, perSecond: of.perSecond }), over: overBucket(times, { capacity: of.calls, perSecond: of.perSecond }),
    perSecond: (times.length - of.calls) / seconds, used: (times.length - of.calls) / (seconds * of.perSecond), attemptsSpent: row?.spent ?? 0,
  };
}
