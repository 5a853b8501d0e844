import { until } from '../until.ts';
import { events, type TrafficWorld } from '../traffic-world.ts';

export interface RetryAfterFigures {
  events: number;
  windowMs: number;
  /** Calls between the first 429 and the end of its window; those that were on their way when it was answered are not counted. */
  callsInside: number;
  /** Calls that were on their way. */
  onTheirWay: number;
  /** Runs that were being worked on half-way through the window: each would hold a slot. */
  runningInside: number;
  attemptsSpent: number;
}

/** A vendor that says "not before": no process calls it in that time, nobody holds a slot, no attempt is spent. */
export async function retryAfter(world: TrafficWorld, of: { events: number; seconds: number }): Promise<RetryAfterFigures> {
  const { sql } = world.seed;
  const tenant = await world.tenant('limited');
  const flow = await world.flow(tenant, await world.connection(tenant), { concurrency: 16 });
  await world.send(flow, { at: 'before' }, 0);
  await world.send(flow, { at: 'before' }, 1);
  await world.succeeded(flow, 2);
  let limitedAt = 0;
  world.far.answer = (call) => {
    if (call.path !== flow.path) return {};
    if (limitedAt === 0) limitedAt = call.at;
    return call.at - limitedAt < of.seconds * 1000 ? { status: 429, headers: { 'retry-after': String(of.seconds) } } : { delayMs: 5 };
  };
  await world.sendMany(flow, events(of.events));
  await until(() => limitedAt > 0 && Date.now() > limitedAt + (of.seconds * 1000) / 2, 60_000, 'the middle of the window');
  const [row] = await sql<{ running: number }[]>`select count(*)::int as running from run where flow_id = ${flow.flowId} and state = 'running'`;
  await world.succeeded(flow, of.events + 2);
  const inside = world.callsOf(flow).filter((call) => call.at > limitedAt && call.at < limitedAt + of.seconds * 1000);
  // The answer travels, and the word to the other process: what starts within this time could not know (a busy machine takes 0.3 s).
  const onTheirWay = inside.filter((call) => call.at - limitedAt < 1_000).length;
  const [spent] = await sql<{ spent: number }[]>`select coalesce(sum(attempt - 1), 0)::int as spent from run where flow_id = ${flow.flowId}`;
  return { events: of.events, windowMs: of.seconds * 1000, callsInside: inside.length - onTheirWay, onTheirWay, runningInside: row?.running ?? -1, attemptsSpent: spent?.spent ?? -1 };
}
