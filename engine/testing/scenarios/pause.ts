import { until } from '../until.ts';
import { events, quantile, type TrafficWorld } from '../traffic-world.ts';

export interface PauseFigures {
  events: number;
  /** Calls between the pause and the resumption. */
  callsWhilePaused: number;
  /** Pairs of events of one key that arrived the wrong way round. */
  inversions: number;
  exceptions: number;
  attemptsSpent: number;
  /** From the resumption to the first call. */
  wokenMs: number;
}

/** A sign-in that is refused pauses the connection; runs wait, a person resumes, and every key goes on in its order. */
export async function pausedConnection(world: TrafficWorld, of: { events: number; keys: number }): Promise<PauseFigures> {
  const { sql } = world.seed;
  const tenant = await world.tenant('paused');
  const connectionId = await world.connection(tenant, { secret: 'old-token', authKind: 'bearer', drainPerSecond: 500 });
  const flow = await world.flow(tenant, connectionId, { orderingKey: 'key' });
  let refused = true;
  world.far.answer = (call) => (refused && call.path === flow.path ? { status: 401, body: '{"error":"token"}' } : {});
  await world.sendMany(flow, [{ key: 'k0', at: 0 }]);
  await until(async () => (await sql`select 1 from connection_health where connection_id = ${connectionId} and state = 'paused'`).length > 0, 20_000, 'the pause');
  // One at a time, so that the order of sending is the order of acceptance.
  await world.sendMany(flow, events(of.events - 1, (at) => ({ key: `k${(at + 1) % of.keys}`, at: at + 1 })), 1);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const paused = world.callsOf(flow).length;

  refused = false;
  const resumedAt = Date.now();
  await sql`update connection_health set state = 'ok', reason_code = null, failures = 0, draining_since = now(), updated_at = now() where connection_id = ${connectionId}`;
  await world.succeeded(flow, of.events);
  const calls = world.callsOf(flow).slice(paused);
  const [row] = await sql<{ exceptions: number; spent: number }[]>`
    select (select count(*)::int from exception where flow_id = ${flow.flowId}) as exceptions, coalesce(sum(attempt - 1), 0)::int as spent from run where flow_id = ${flow.flowId}`;
  return {
    events: of.events, callsWhilePaused: paused - 1, inversions: inversions(calls.map((call) => call.body)), exceptions: row?.exceptions ?? -1, attemptsSpent: row?.spent ?? -1,
    wokenMs: (calls[0]?.at ?? 0) - resumedAt,
  };
}

export interface HoldFigures {
  events: number;
  callsWhileHeld: number;
  inversions: number;
  drainPerSecond: number;
  drainedPerSecond: number;
  /** What came after the backlog was through: start from acceptance. */
  afterP95Ms: number;
}

/** A flow held by a person takes events in; resumed, they run in order at the stated rate, and then as they come. */
export async function heldFlow(world: TrafficWorld, of: { events: number; keys: number; drainPerSecond: number }): Promise<HoldFigures> {
  const { sql } = world.seed;
  const tenant = await world.tenant('held');
  const flow = await world.flow(tenant, await world.connection(tenant), { orderingKey: 'key', concurrency: 16 });
  await world.send(flow, { key: 'first', at: -1 });
  await world.succeeded(flow, 1);
  await sql`update live_version set held = true, held_reason = 'manual', held_at = now() where flow_id = ${flow.flowId}`;
  // The word reaches the processes by NOTIFY.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const before = world.callsOf(flow).length;
  await world.sendMany(flow, events(of.events, (at) => ({ key: `k${at % of.keys}`, at })), 1);
  const held = world.callsOf(flow).length - before;
  await sql`update live_version set held = false, held_reason = null, held_at = null, resumed_at = now(), drain_per_second = ${of.drainPerSecond} where flow_id = ${flow.flowId}`;
  await world.succeeded(flow, of.events + 1, 120_000);
  const calls = world.callsOf(flow).slice(before + held);
  // Without the first half second, in which the bucket is full.
  const times = calls.map((call) => call.at).filter((time) => time > (calls[0]?.at ?? 0) + 500);
  const span = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000;
  await until(async () => (await sql`select 1 from live_version where flow_id = ${flow.flowId} and drain_per_second is null`).length > 0, 20_000, 'the end of draining');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await world.sendMany(flow, events(40, (at) => ({ key: `after${at}`, at })));
  await world.succeeded(flow, of.events + 41);
  const waits = await sql<{ ms: number }[]>`
    select extract(epoch from started_at - event_received_at)::float8 * 1000 as ms from run where flow_id = ${flow.flowId} order by event_received_at desc limit 40`;
  return {
    events: of.events, callsWhileHeld: held, inversions: inversions(calls.map((call) => call.body)), drainPerSecond: of.drainPerSecond, drainedPerSecond: (times.length - 1) / span,
    afterP95Ms: Math.round(quantile(waits.map((one) => one.ms), 0.95)),
  };
}

/** Calls of one key that arrived after a later one; a repeated call does not count. */
function inversions(bodies: readonly string[]): number {
  const last = new Map<string, number>();
  let wrong = 0;
  for (const body of bodies) {
    const { key, at }: { key: string; at: number } = JSON.parse(body);
    if (at < (last.get(key) ?? -1)) wrong += 1;
    last.set(key, Math.max(at, last.get(key) ?? -1));
  }
  return wrong;
}
