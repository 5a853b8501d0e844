import type { Sql } from '../database.ts';
import type { Log } from '../log.ts';

const EVERY_MS = 10 * 60_000;
/** Rows a statement takes at once, so that it never holds many locks; and statements of a kind in one sweep. */
const BATCH = 5_000;
const MOST_BATCHES = 100;

/** Takes away, now and then, what nobody will ask for again. Any number of processes may do it: each row goes once. */
export function startSweep(sql: Sql, log: Log): { stop(): void } {
  const timer = setInterval(() => {
    sweepState(sql).catch((error: unknown) => log.debug({ err: error }, 'old state was not swept'));
  }, EVERY_MS * (0.75 + Math.random() / 2));
  timer.unref();
  return { stop: () => clearInterval(timer) };
}

/** One sweep; answers how many rows went. */
export async function sweepState(sql: Sql): Promise<number> {
  const kinds = [
    // A holder keeps its answer for a day after its window, should its run be taken up again.
    () => sql`delete from dedupe_key where ctid = any(array(select ctid from dedupe_key where expires_at < now() - interval '1 day' limit ${BATCH}))`,
    () => sql`delete from coalesce_key where ctid = any(array(select ctid from coalesce_key
      where due_at < now() - interval '1 day' and (state <> 'waiting' or due_at < now() - interval '60 days') limit ${BATCH}))`,
    // Longer than any caller waits; a delivery sent again later than this is answered without its reply.
    () => sql`delete from reply where ctid = any(array(select r.ctid from reply r where created_at < now() - interval '7 days'
      and not exists (select from flow_call c where c.event_id = r.event_id) limit ${BATCH}))`,
    () => sql`delete from flow_call where ctid = any(array(select ctid from flow_call c where created_at < now() - interval '60 days'
      and not exists (select from lane_entry e where e.run_id = c.run_id) limit ${BATCH}))`,
    () => sql`delete from approval where ctid = any(array(select ctid from approval where state <> 'open' and decided_at < now() - interval '180 days' limit ${BATCH}))`,
    // Of runs that failed, and were never put back.
    () => sql`delete from run_memo where ctid = any(array(select ctid from run_memo m where m.run_id < ${before(90)}
      and not exists (select from run r where r.id = m.run_id and r.state in ('waiting', 'running')) limit ${BATCH}))`,
  ];
  let gone = 0;
  for (const sweep of kinds) {
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const { count } = await sweep();
      gone += count;
      if (count < BATCH) break;
    }
  }
  return gone;
}

/** The smallest UUIDv7 made so many days ago. */
function before(days: number): string {
  const time = (Date.now() - days * 86_400_000).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}
