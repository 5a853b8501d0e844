import { connect } from '#drizzle/client.ts';

/** One pool of one role: `sql` is postgres.js, `db` is drizzle on top of it. */
export type Pool = ReturnType<typeof connect>;
export type Db = Pool['db'];
export type DbTransaction = Parameters<Parameters<Db['transaction']>[0]>[0];

/**
 * A transaction bound to a tenant: what repositories take as their first argument. Only `withScope` makes one,
 * so a query without a tenant cannot be written by accident.
 */
export interface Tx {
  readonly db: DbTransaction;
  readonly partnerId: string;
  /** Null: all retailers of the partner. */
  readonly retailerId: string | null;
}

/** The two roles of the web process: `web` is always under the tenant's policies, `auth` sees who may sign in. */
export interface Databases {
  web: Pool;
  auth: Pool;
}

/** Opens both pools; connections are made on first use. */
export function openDatabases(urls: { webDatabaseUrl: string; authDatabaseUrl: string; webPool: number }): Databases {
  return {
    web: connect({ url: urls.webDatabaseUrl, role: 'web', max: urls.webPool }),
    auth: connect({ url: urls.authDatabaseUrl, role: 'auth', max: 4 }),
  };
}

/** Closes both pools; waits up to five seconds for queries under way. */
export async function closeDatabases(databases: Databases): Promise<void> {
  await Promise.all([databases.web.sql.end({ timeout: 5 }), databases.auth.sql.end({ timeout: 5 })]);
}
