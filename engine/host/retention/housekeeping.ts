import type { Sql } from '../database.ts';
import type { Log } from '../log.ts';

export interface Housekeeping {
  /** One round, now. @returns the partitions dropped and the rows deleted */
  round(): Promise<{ dropped: string[]; deleted: number }>;
  stop(): Promise<void>;
}

const DAYS_AHEAD = 7;
const EVERY_MS = 600_000;
const FIRST_MS = 20_000;
/** After something could not be done, such as a lock that was not to be had. */
const SOON_MS = 60_000;
const BATCH = 2_000;
/** Between two batches: whoever works comes first. */
const PAUSE_MS = 50;

/**
 * Makes the partitions of the coming days, drops those past their retention, and deletes by age what lies in no partition. Run by
 * every scheduler; the database sees to it that two at once do no harm. What cannot be done now (a lock is held) is tried again a minute later.
 */
export function startHousekeeping(sql: Sql, log: Log): Housekeeping {
  let running: Promise<{ dropped: string[]; deleted: number }> | null = null;
  let stopped = false;
  let soon: NodeJS.Timeout | null = null;

  /** What cannot be done now does not keep the rest from being done. */
  async function attempt(work: () => PromiseLike<unknown>): Promise<void> {
    if (stopped) return;
    try {
      await work();
    } catch (error) {
      log.warn({ err: error }, 'a part of housekeeping is put off');
      soon ??= setTimeout(() => {
        soon = null;
        void round();
      }, SOON_MS);
    }
  }

  async function once(): Promise<{ dropped: string[]; deleted: number }> {
    const dropped: string[] = [];
    let deleted = 0;
    await attempt(() => sql`select weft_ensure_partitions(${DAYS_AHEAD})`);
    await attempt(async () => {
      for (let name = await dropOne(sql); name !== null && !stopped; name = await dropOne(sql)) dropped.push(name);
    });
    for (const remove of REMOVALS) {
      await attempt(async () => {
        let gone = BATCH;
        while (gone >= BATCH && !stopped) {
          gone = await remove(sql);
          deleted += gone;
          if (gone >= BATCH) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
        }
      });
    }
    if (dropped.length > 0 || deleted > 0) log.info({ dropped, deleted }, 'what is past its retention is gone');
    return { dropped, deleted };
  }

  function round(): Promise<{ dropped: string[]; deleted: number }> {
    running ??= once().finally(() => (running = null));
    return running;
  }

  const timers = [setInterval(() => void round(), EVERY_MS), setTimeout(() => void round(), FIRST_MS)];
  return {
    round,
    async stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      if (soon) clearTimeout(soon);
      await running;
    },
  };
}

async function dropOne(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ name: string | null }[]>`select weft_drop_expired_partition() as name`;
  return row?.name ?? null;
}

type Removal = (sql: Sql) => Promise<number>;

/** Each deletes at most BATCH rows and answers how many. */
const REMOVALS: Removal[] = [
  async (sql) => (await sql<{ gone: number }[]>`select weft_sweep_default_partitions(${BATCH}) as gone`)[0]?.gone ?? 0,
  (sql) => count(sql`
    delete from inbox_key where ctid = any (array(
      select ctid from inbox_key where received_at < now() - make_interval(days => (select days from retention where kind = 'dedupe')) limit ${BATCH}))`),
  (sql) => count(sql`
    delete from test_run where ctid = any (array(
      select ctid from test_run where created_at < now() - make_interval(days => (select days from retention where kind = 'tests')) limit ${BATCH}))`),
  // Made-up samples stay until somebody removes them.
  (sql) => count(sql`
    delete from sample where ctid = any (array(
      select ctid from sample where event_id is not null
        and created_at < now() - make_interval(days => (select days from retention where kind = 'samples')) limit ${BATCH}))`),
  (sql) => count(sql`delete from dedupe_key where ctid = any (array(select ctid from dedupe_key where expires_at < now() limit ${BATCH}))`),
  // A run that waited under the key has been woken long ago.
  (sql) => count(sql`
    delete from coalesce_key where ctid = any (array(
      select c.ctid from coalesce_key c where c.due_at < now() - interval '7 days'
        and not exists (select from lane_entry e where e.flow_id = c.flow_id and e.run_id = c.run_id) limit ${BATCH}))`),
  (sql) => count(sql`delete from reply where ctid = any (array(select ctid from reply where created_at < now() - interval '7 days' limit ${BATCH}))`),
  (sql) => count(sql`
    delete from flow_call where ctid = any (array(
      select ctid from flow_call where created_at < now() - make_interval(days => (select days from retention where kind = 'runs')) limit ${BATCH}))`),
  (sql) => count(sql`
    with gone as (
      delete from exception where ctid = any (array(
        select ctid from exception where state = 'resolved'
          and resolved_at < now() - make_interval(days => (select days from retention where kind = 'runs')) limit ${BATCH}))
      returning id
    ), events as (delete from exception_event e using gone g where e.exception_id = g.id)
    select 1 from gone`),
  (sql) => count(sql`
    delete from approval where ctid = any (array(
      select ctid from approval where state <> 'open'
        and decided_at < now() - make_interval(days => (select days from retention where kind = 'runs')) limit ${BATCH}))`),
];

async function count(statement: Promise<{ count: number }>): Promise<number> {
  return (await statement).count;
}
