import postgres from 'postgres';
import { CLUSTER_OWNER } from './postgres-cluster.ts';
import { systemIdentifier } from './postmaster-file.ts';

/** `ours`: answers with our password for exactly this data directory. `other`: somebody else's server. `silent`: not (yet) answering. */
export type Answer = 'ours' | 'other' | 'silent';

const LATE_MS = 3_000;

/** Asks whether the server on `port` of 127.0.0.1 serves `dataDir`. */
export async function answersFor(server: { dataDir: string; port: number; password: string }): Promise<Answer> {
  const sql = postgres({
    host: '127.0.0.1', port: server.port, user: CLUSTER_OWNER, password: server.password, database: 'postgres',
    max: 1, connect_timeout: 5, idle_timeout: 1, onnotice: () => undefined,
  });
  // A program that takes the connection and says nothing would hold us for ever; the driver's own limit ends with the TCP handshake.
  const late = new Promise<'silent'>((resolve) => setTimeout(resolve, LATE_MS, 'silent').unref());
  const answer = ask(sql, server.dataDir);
  const first = await Promise.race([answer, late]);
  await sql.end({ timeout: 0 });
  return first;
}

async function ask(sql: postgres.Sql, dataDir: string): Promise<Answer> {
  try {
    const [row] = await sql<{ id: string }[]>`select system_identifier::text as id from pg_control_system()`;
    return row?.id === (await systemIdentifier(dataDir)) ? 'ours' : 'other';
  } catch (error) {
    // 28P01: a server that does not know our password is not the one we made.
    return error instanceof postgres.PostgresError && error.code === '28P01' ? 'other' : 'silent';
  }
}
