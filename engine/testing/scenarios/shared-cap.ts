import { until } from '../until.ts';
import { events, type TrafficWorld } from '../traffic-world.ts';

export interface SharedCapFigures {
  events: number;
  cap: number;
  /** Counted at the far end. */
  mostAtOnce: number;
  /** Engine processes that held lanes at the same time. */
  processes: number;
  /** Runs that could have been under way, and were. */
  used: number;
}

/** A cap on work at once, over all processes: of the flow, of the connection, or of the retailer. */
export async function sharedCap(world: TrafficWorld, of: { by: 'flow' | 'connection' | 'retailer'; cap: number; events: number; callMs: number }): Promise<SharedCapFigures> {
  const { by, cap, callMs } = of;
  const tenant = await world.tenant(`cap-${by}`);
  if (by === 'retailer') await world.seed.sql`update retailer set concurrency = ${cap} where id = ${tenant.retailerId}`;
  const connectionId = await world.connection(tenant, by === 'connection' ? { concurrency: cap } : {});
  const flow = await world.flow(tenant, connectionId, { concurrency: by === 'flow' ? cap : 32 });
  world.far.answer = (call) => (call.path === flow.path ? { delayMs: callMs } : {});
  const started = performance.now();
  let done = false;
  const watching = until(async () => {
    const [row] = await world.seed.sql<{ owners: number }[]>`
      select count(distinct lease_owner)::int as owners from lane where flow_id = ${flow.flowId} and lease_until > now()`;
    processes = Math.max(processes, row?.owners ?? 0);
    return done;
  }, 120_000, 'the end of the scenario');
  let processes = 0;
  try {
    await world.sendMany(flow, events(of.events));
    await world.succeeded(flow, of.events);
  } finally {
    done = true;
    await watching;
  }
  const used = (of.events * callMs) / cap / (performance.now() - started);
  return { events: of.events, cap, mostAtOnce: world.far.mostAtOnce.get(flow.path) ?? 0, processes, used };
}
