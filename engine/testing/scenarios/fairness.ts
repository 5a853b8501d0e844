import { quantile, type TrafficWorld } from '../traffic-world.ts';

export interface FairnessFigures {
  dumped: number;
  sent: number;
  /** The small one's events: start from acceptance, milliseconds. */
  p50Ms: number;
  p95Ms: number;
  mostMs: number;
  cap: number;
  /** Of the big one's calls, counted at the far end. */
  mostAtOnce: number;
  /** Big one's runs that had ended when the last of the small one's came. */
  workedOff: number;
}

/** One retailer dumps what it has, another sends now and then: the second notices nothing, and the first keeps to its cap. */
export async function fairness(world: TrafficWorld, of: { dump: number; events: number; everyMs: number; cap: number; callMs: number }): Promise<FairnessFigures> {
  const { sql } = world.seed;
  const [big, small] = [await world.tenant('big'), await world.tenant('small')];
  await sql`update retailer set concurrency = ${of.cap} where id = ${big.retailerId}`;
  const dumped = await world.flow(big, await world.connection(big), { concurrency: of.cap * 2 });
  const steady = await world.flow(small, await world.connection(small));
  world.far.answer = (call) => (call.path === dumped.path ? { delayMs: of.callMs } : {});
  await world.send(steady, { at: 'first' });
  await world.succeeded(steady, 1);
  const dumping = world.sendMany(dumped, Array.from({ length: of.dump }, (_, at) => ({ at })), 32);
  for (let at = 0; at < of.events; at += 1) {
    await new Promise((resolve) => setTimeout(resolve, of.everyMs));
    await world.send(steady, { at }, at);
  }
  await world.succeeded(steady, of.events + 1);
  const [row] = await sql<{ ended: number }[]>`select count(*)::int as ended from run where flow_id = ${dumped.flowId}`;
  await dumping;
  const waits = await sql<{ ms: number }[]>`
    select extract(epoch from started_at - event_received_at)::float8 * 1000 as ms from run where flow_id = ${steady.flowId} order by event_received_at desc limit ${of.events}`;
  const ms = waits.map((one) => one.ms);
  await world.succeeded(dumped, of.dump, 300_000);
  return {
    dumped: of.dump, sent: of.events, p50Ms: Math.round(quantile(ms, 0.5)), p95Ms: Math.round(quantile(ms, 0.95)), mostMs: Math.round(Math.max(...ms)), cap: of.cap,
    mostAtOnce: world.far.mostAtOnce.get(dumped.path) ?? 0, workedOff: row?.ended ?? -1,
  };
}
