import type { Sql } from '#drizzle/client.ts';

const PART = 250_000;

/**
 * Fills run, step and effect with so many rows of another retailer's past month: a third of the number each of runs, steps and
 * effects. Ids and effect keys begin with their time, as the
 * engine makes them.
 */
export async function fillTables(sql: Sql, rows: number): Promise<{ runs: number; steps: number; effects: number }> {
  const each = Math.ceil(rows / 3);
  const [tenant] = await sql<{ partner_id: string; id: string }[]>`SELECT partner_id, id FROM retailer LIMIT 1`;
  if (!tenant) throw new Error('There is no retailer.');
  for (let from = 0; from < each; from += PART) {
    const count = Math.min(PART, each - from);
    await sql.begin(async (tx) => {
      await tx`SELECT set_config('weft.maintenance', 'on', true)`;
      // Rows as they lie after a month; the engine's triggers would only make filling slower.
      await tx`CREATE TEMP TABLE past ON COMMIT DROP AS
        SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid AS id, at, n
        FROM (SELECT n, now() - interval '30 days' * (1 - n::float8 / ${each}) AS at FROM generate_series(${from + 1}::int, ${from + count}::int) n) s`;
      await tx`INSERT INTO run (id, partner_id, retailer_id, flow_id, version_id, version_number, event_id, event_received_at, node_id, trigger, state, started_at, finished_at, duration_ms, records_in, business_keys)
        SELECT id, ${tenant.partner_id}, ${tenant.id}, ${tenant.id}, ${tenant.id}, 1, id, at, 'hook', 'webhook', 'succeeded', at, at, 12, 1, ARRAY['PAST-' || n] FROM past`;
      await tx`INSERT INTO step (run_id, node_id, attempt, partner_id, retailer_id, state, records_in, records_out, outputs, started_at, duration_ms)
        SELECT id, 'post', 1, ${tenant.partner_id}, ${tenant.id}, 'succeeded', 1, 1, '{"out":1}', at, 9 FROM past`;
      await tx`INSERT INTO effect (key, partner_id, retailer_id, run_id, node_id, record_key, operation, request_hash, status, applied_at)
        SELECT left(replace(id::text, '-', ''), 12) || substr(encode(sha256(id::text::bytea), 'hex'), 13), ${tenant.partner_id}, ${tenant.id}, id, 'post', '0', 'POST', encode(sha256(n::text::bytea), 'hex'), 'done', at FROM past`;
    });
  }
  // What a month of running has long behind it: statistics, visibility, and the pages on disk. Else the measurement pays for the filling.
  await sql`VACUUM (ANALYZE) run, step, effect`;
  await sql`CHECKPOINT`;
  return { runs: each, steps: each, effects: each };
}
