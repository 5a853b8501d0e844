import type { Flows } from '../config/flows.ts';
import type { Sql } from '../database.ts';
import type { Registry } from './registry.ts';

/** A backlog beyond this is told as this: counting a million rows at every scrape would be part of the problem. */
const MOST_COUNTED = 100_000;
/** Several scrapers, or an eager one, cost one look. */
const KEEP_MS = 10_000;

interface Waiting {
  flow_id: string;
  environment: string | null;
  code: string;
  entries: number;
  oldest: number;
}

/** What the database knows of the whole installation. Registered by schedulers only, so that it is not told once per worker. */
export function databaseGauges(registry: Registry, { sql, flows }: { sql: Sql; flows: Flows }): void {
  const waiting = kept(() => sql<Waiting[]>`
    select flow_id, coalesce(waiting_code, 'ready') as code, count(*)::int as entries,
      extract(epoch from clock_timestamp() - min(received_at))::float8 as oldest
    from (select flow_id, waiting_code, received_at from lane_entry limit ${MOST_COUNTED}) e group by 1, 2`);

  async function byPriority(pick: (rows: Waiting[]) => number): Promise<[Record<string, string>, number][]> {
    const groups = new Map<string, Waiting[]>();
    for (const row of await waiting()) {
      const flow = await flows.live(row.flow_id, 'production');
      const priority = flow?.plan.settings.priority ?? 'none';
      groups.set(priority, [...(groups.get(priority) ?? []), row]);
    }
    return [...groups].map(([priority, rows]) => [{ priority }, pick(rows)]);
  }

  registry.gauge('weft_queue_entries', 'Events that have not come to their end, by priority of their flow', () =>
    byPriority((rows) => rows.reduce((sum, row) => sum + row.entries, 0)));
  registry.gauge('weft_queue_oldest_seconds', 'Age of the oldest of them', () => byPriority((rows) => Math.max(...rows.map((row) => row.oldest))));
  registry.gauge('weft_waiting_entries', 'Events by what they wait for', async () => {
    const codes = new Map<string, number>();
    for (const row of await waiting()) codes.set(row.code, (codes.get(row.code) ?? 0) + row.entries);
    return [...codes].map(([code, entries]) => [{ code }, entries]);
  });
  const states = kept(() => sql<{ state: string; count: number }[]>`select state, count(*)::int from connection_health where state <> 'ok' group by 1`);
  registry.gauge('weft_connections_down', 'Connections whose breaker is open or that are paused', async () => {
    const rows = await states();
    return ['open', 'paused'].map((state) => [{ state }, rows.find((row) => row.state === state)?.count ?? 0]);
  });
  const sessions = kept(() => sql<{ name: string; state: string; count: number }[]>`
    select coalesce(nullif(application_name, ''), 'other') as name, coalesce(state, 'unknown') as state, count(*)::int
    from pg_stat_activity where datname = current_database() and usename = current_user group by 1, 2`);
  registry.gauge('weft_database_connections', 'Connections of engine processes to the database', async () =>
    (await sessions()).map(({ name, state, count }) => [{ name, state }, count]));
  const bells = kept(() => sql<{ queue: string; count: number }[]>`select name as queue, count(*)::int from pgboss.job where state < 'active' group by 1`);
  registry.gauge('weft_jobs_waiting', 'pg-boss jobs that wait, timed ones included', async () => (await bells()).map(({ queue, count }) => [{ queue }, count]));
}

function kept<T>(load: () => Promise<T>): () => Promise<T> {
  let until = 0;
  let value: Promise<T> | null = null;
  return () => {
    if (value === null || performance.now() > until) {
      value = load();
      until = performance.now() + KEEP_MS;
      value.catch(() => (value = null));
    }
    return value;
  };
}
