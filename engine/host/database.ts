import postgres from 'postgres';
import { arrayParameters } from './array-parameters.ts';
import { liveSockets } from './live-socket.ts';

export type Sql = postgres.Sql;
/** A connection, or a transaction on one. */
export type AnySql = postgres.Sql | postgres.TransactionSql;

export interface Database {
  /** Everyday statements. */
  sql: Sql;
  /** One connection of its own for accepting events: a slow statement elsewhere must not delay an answer. */
  accept: Sql;
  /** One connection of its own for the journal. */
  journal: Sql;
  close(): Promise<void>;
}

/** Accepting and journal statements take milliseconds; others, such as those of retention, get longer. */
const SILENT_MS = 4_000;
const PATIENT = 8;
const PING_MS = 5_000;

/**
 * Connections of one engine process. Postgres away shows as a rejected query, never as a crash; postgres.js connects again by
 * itself when the next statement comes.
 */
export function openDatabase(url: string, { silentMs = SILENT_MS, pingMs = PING_MS }: { silentMs?: number; pingMs?: number } = {}): Database {
  const sql = open(url, { max: 4, silentMs: silentMs * PATIENT });
  // Both carry one statement at a time and always the same one, planned once: planning the journal's statement with the actual
  // arrays again and again would cost more than running it.
  const accept = open(url, { max: 1, silentMs, fixedPlans: true });
  const journal = open(url, { max: 1, silentMs, fixedPlans: true });
  const ping = setInterval(() => void pingListener(sql), pingMs);
  return {
    sql,
    accept,
    journal,
    async close() {
      clearInterval(ping);
      await Promise.all([sql, accept, journal].map((one) => one.end({ timeout: 3 })));
    },
  };
}

/** The connection that listens asks nothing by itself, so nobody would notice that it has gone deaf. */
async function pingListener(sql: Sql): Promise<void> {
  try {
    const { unlisten } = await sql.listen('weft_ping', () => undefined);
    await unlisten();
  } catch {
    // It is being made again, and whoever listens with it.
  }
}

function open(url: string, options: { max: number; silentMs: number; fixedPlans?: boolean }): Sql {
  const settings = {
    ...(isEncrypted(url) ? {} : { socket: liveSockets(options.silentMs) }),
    max: options.max,
    connect_timeout: 3,
    idle_timeout: 0,
    fetch_types: false,
    types: arrayParameters,
    // Half a second, so that a restarted server is found again quickly.
    backoff: () => 0.5,
    onnotice: () => undefined,
    connection: { application_name: 'weft-engine', jit: 'off', ...(options.fixedPlans ? { plan_cache_mode: 'force_generic_plan' } : {}) },
  };
  return postgres(url, settings);
}

/** Under TLS the answers cannot be read on the socket, so it cannot be told when one is owed. */
function isEncrypted(url: string): boolean {
  const mode = URL.canParse(url) ? new URL(url).searchParams.get('sslmode') : null;
  return mode !== null && mode !== 'disable';
}

/** True when the failure says that the server is not there (or not yet), rather than that the statement is wrong. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // 08 connection, 53 out of resources (disk full, too many connections), 57 shutdown and start-up, 25006 read-only standby.
  if (/^(08|53|57P|25006)/.test(code)) return true;
  return /^(ECONN|EPIPE|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENETUN|CONNECT)/.test(code) || code.startsWith('CONNECTION_');
}

/** True when Postgres ended the transaction because it and another one waited for each other. */
export function isDeadlock(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '40P01';
}
