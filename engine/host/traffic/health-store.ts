import type { Sql } from '../database.ts';
import { FAILURES_TO_OPEN, probeAfterSeconds, WELL, type Health } from './health.ts';

interface Row {
  state: Health['state'];
  reason_code: string | null;
  failures: number;
  probe_ms: number | null;
  probing_ms: number | null;
  draining_ms: number | null;
}

export interface Owned {
  id: string;
  partnerId: string;
  retailerId: string;
}

/** The row of connection_health, shared by all engine processes (states: drizzle/migrations/0009_traffic.sql). */
export function createHealthStore(sql: Sql, owner: string) {
  // Durations and not moments travel, so that the clocks of processes and database need not agree.
  const columns = sql`h.state, h.reason_code, h.failures, extract(epoch from h.probe_at - now())::float8 * 1000 as probe_ms,
    extract(epoch from h.probe_until - now())::float8 * 1000 as probing_ms, extract(epoch from now() - h.draining_since)::float8 * 1000 as draining_ms`;

  return {
    async load(id: string): Promise<Health> {
      const [row] = await sql<Row[]>`select ${columns} from connection_health h where h.connection_id = ${id}`;
      return row ? healthOf(row) : WELL;
    },

    /** Another failure in a row. Opens the breaker with the tenth over all processes, or at once when asked to. */
    async failed(connection: Owned, failure: { inARow: number; code: string; open: boolean }): Promise<Health> {
      const { inARow, code, open } = failure;
      // The first of a row is not told, as most rows end with it.
      const more = inARow === 2 ? 2 : 1;
      const opens = sql`${open} or greatest(h.failures + ${more}::int, ${inARow}::int) >= ${FAILURES_TO_OPEN}`;
      const opensNew = open || inARow >= FAILURES_TO_OPEN;
      const wait = probeAfterSeconds(FAILURES_TO_OPEN);
      const [row] = await sql<Row[]>`
        insert into connection_health as h (connection_id, partner_id, retailer_id, state, reason_code, failures, opened_at, probe_at)
        values (${connection.id}, ${connection.partnerId}, ${connection.retailerId}, ${opensNew ? 'open' : 'ok'}, ${opensNew ? code : null}, ${opensNew ? FAILURES_TO_OPEN : inARow},
          ${opensNew ? sql`now()` : null}, ${opensNew ? sql`now() + make_interval(secs => ${wait})` : null})
        on conflict (connection_id) do update set
          failures = case when ${opens} then ${FAILURES_TO_OPEN} else greatest(h.failures + ${more}::int, ${inARow}::int) end,
          state = case when ${opens} then 'open' else h.state end,
          reason_code = case when ${opens} then ${code} else h.reason_code end,
          opened_at = case when ${opens} then now() else h.opened_at end,
          probe_at = case when ${opens} then now() + make_interval(secs => ${wait}) else h.probe_at end,
          updated_at = now()
        where h.state = 'ok'
        returning ${columns}`;
      return row ? healthOf(row) : this.load(connection.id);
    },

    /** The failures in a row are over. */
    async recovered(id: string): Promise<void> {
      await sql`update connection_health set failures = 0 where connection_id = ${id} and state = 'ok' and failures > 0`;
    },

    /** The right to make the one call that tries whether an open connection answers again; over all processes one has it. */
    async claimProbe(id: string, seconds: number): Promise<boolean> {
      const rows = await sql`
        update connection_health set probe_owner = ${owner}, probe_until = now() + make_interval(secs => ${seconds})
        where connection_id = ${id} and state = 'open' and probe_at <= now() and (probe_until is null or probe_until < now())
        returning 1`;
      return rows.length > 0;
    },

    async probed(id: string, answered: boolean): Promise<void> {
      if (answered) {
        await sql`
          update connection_health set state = 'ok', reason_code = null, failures = 0, opened_at = null, probe_at = null, probe_owner = null, probe_until = null,
            draining_since = now(), updated_at = now()
          where connection_id = ${id} and state = 'open'`;
        return;
      }
      const doubled = sql`least(${probeAfterSeconds(1e6)}, ${probeAfterSeconds(FAILURES_TO_OPEN)} * power(2, least(10, greatest(0, failures + 1 - ${FAILURES_TO_OPEN}))))`;
      await sql`
        update connection_health set failures = failures + 1, probe_at = now() + make_interval(secs => ${doubled}), probe_owner = null, probe_until = null, updated_at = now()
        where connection_id = ${id} and state = 'open' and probe_owner = ${owner}`;
    },

    /** No call goes any more until a person resumes. */
    async pause(connection: Owned, code: string): Promise<void> {
      await sql`
        insert into connection_health as h (connection_id, partner_id, retailer_id, state, reason_code)
        values (${connection.id}, ${connection.partnerId}, ${connection.retailerId}, 'paused', ${code})
        on conflict (connection_id) do update set state = 'paused', reason_code = ${code}, changed_by = null, probe_at = null, probe_owner = null, probe_until = null, updated_at = now()
        where h.state <> 'paused'`;
    },

    /** What had waited is through. */
    async drained(id: string): Promise<void> {
      await sql`update connection_health set draining_since = null where connection_id = ${id} and state = 'ok'`;
    },

    /** Milliseconds for which the vendor wants no calls of this account; 0: it may be called. */
    async blockedMs(account: string): Promise<number> {
      const [row] = await sql<{ ms: number | null }[]>`
        select extract(epoch from blocked_until - clock_timestamp())::float8 * 1000 as ms from rate_budget where account = ${account} and part = 0`;
      return Math.max(0, row?.ms ?? 0);
    },

    async block(connection: Owned, account: string, ms: number): Promise<void> {
      await sql`select weft_block_account(${connection.partnerId}, ${connection.retailerId}, ${account}, ${ms})`;
    },
  };
}

function healthOf(row: Row): Health {
  const now = performance.now();
  return {
    state: row.state,
    reasonCode: row.reason_code,
    failures: row.failures,
    probeAt: row.probe_ms === null ? 0 : now + row.probe_ms,
    probingUntil: row.probing_ms === null ? 0 : now + row.probing_ms,
    drainingSince: row.draining_ms === null ? null : now - row.draining_ms,
  };
}
