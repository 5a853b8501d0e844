import type { Sql } from '../database.ts';

/** What one engine process should do about the lanes it holds. */
export interface WorkerView {
  /** Engine processes that work, this one included. */
  workers: number;
  /** Lanes with a backlog that this process has beyond its fair part, while another has less. */
  surplus: number;
}

/** How long a process that says nothing counts as there. */
const ALIVE_SECONDS = 8;

/** Says that this process works and on how many lanes with a backlog, and compares with the others. */
export async function reportWorker(sql: Sql, owner: string, lanes: number): Promise<WorkerView> {
  const rows = await sql<{ owner: string; lanes: number }[]>`
    with me as (
      insert into engine_worker (owner, lanes, until) values (${owner}, ${lanes}, now() + make_interval(secs => ${ALIVE_SECONDS}))
      on conflict (owner) do update set lanes = excluded.lanes, until = excluded.until returning owner, lanes
    ), gone as (delete from engine_worker where until < now() - interval '1 minute' and owner <> ${owner})
    select owner, lanes from me union all select owner, lanes from engine_worker where until > now() and owner <> ${owner}`;
  const total = rows.reduce((sum, row) => sum + row.lanes, 0);
  const others = rows.filter((row) => row.owner !== owner);
  const least = Math.min(...others.map((row) => row.lanes));
  const fair = Math.ceil(total / Math.max(1, rows.length));
  return { workers: rows.length, surplus: others.length > 0 && least < fair ? Math.max(0, lanes - fair) : 0 };
}

/** This process works no more. */
export async function forgetWorker(sql: Sql, owner: string): Promise<void> {
  await sql`delete from engine_worker where owner = ${owner}`;
}
