import type { PgDatabase } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema/index.ts';

/** What a process is to the database; names it in pg_stat_activity and bounds its statements. */
export type DatabaseRole = 'owner' | 'web' | 'auth' | 'engine';

export interface ConnectOptions {
  /** postgres:// URL with user and password. */
  url: string;
  role?: DatabaseRole;
  /** Most connections of the pool. */
  max: number;
}

/** Seconds a statement may take. People wait for web and auth; migrations may take their time. */
const statementSeconds: Record<DatabaseRole, number> = { owner: 0, web: 15, auth: 10, engine: 60 };

/**
 * A pool to Postgres, as postgres.js (`sql`) and as drizzle over the same pool (`db`). Connects on first use; end it with `sql.end()`.
 *
 * Raw `sql` gives timestamptz as Date and int8 as number (sequence numbers stay far below 2^53). json parameters are passed as
 * text (`${JSON.stringify(x)}::jsonb`), because drizzle turns the driver's own JSON encoding off.
 *
 * Web transactions begin with
 *   SELECT set_config('weft.partner_id', $1, true), set_config('weft.retailer_id', $2, true)   -- uuid, uuid or '*'
 * and without that every statement on a tenant table fails.
 */
export function connect(options: ConnectOptions) {
  const role = options.role ?? 'web';
  const sql = postgres(options.url, {
    max: options.max,
    connect_timeout: 10,
    idle_timeout: 60,
    max_lifetime: 60 * 60,
    // A connection whose other end is gone without a word is noticed here, and by the server (below), within half a minute.
    keep_alive: 10,
    prepare: true,
    onnotice: () => {},
    types: { int8: { to: 20, from: [20], parse: Number, serialize: String } },
    connection: {
      application_name: `weft-${role}`,
      statement_timeout: statementSeconds[role] * 1000,
      // A process that stops in the middle of a transaction (frozen, paused) must not keep a lane's lock.
      idle_in_transaction_session_timeout: role === 'owner' ? 0 : 30_000,
      tcp_keepalives_idle: 10,
      tcp_keepalives_interval: 5,
      tcp_keepalives_count: 3,
      TimeZone: 'UTC',
    },
  });
  const parseInstant = sql.options.parsers[1184];
  const serializeInstant = sql.options.serializers[1184];
  const db = drizzle(sql, { schema });
  // drizzle makes dates pass as text in its driver; it accepts Dates as well, and raw `sql` is better off with them.
  if (parseInstant && serializeInstant) {
    sql.options.parsers[1184] = parseInstant;
    sql.options.serializers[1184] = serializeInstant;
  }
  return { sql, db };
}

export type Sql = ReturnType<typeof connect>['sql'];
/** What a pool and a transaction of it have in common. */
export type SqlQueries = postgres.ISql<{ int8: number }>;
export type Db = ReturnType<typeof connect>['db'];
/** What a pool's `db` and a transaction have in common. */
export type Queries = PgDatabase<PostgresJsQueryResultHKT, typeof schema>;
