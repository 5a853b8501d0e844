import type postgres from 'postgres';

const LOST = /^(CONNECTION_|ECONN|EPIPE|ETIMEDOUT)/;

/**
 * Runs `work` in a transaction. Like `sql.begin`, but says nothing more to a connection that broke under it: postgres.js would send the
 * rollback to a socket that is gone, which ends the process (`reading 'write'` of null) or keeps the pool's connection busy for ever.
 * @throws what `work` throws, or what broke the connection
 */
export function transaction<T>(sql: postgres.Sql, work: (tx: postgres.TransactionSql) => Promise<T>): Promise<T> {
  const state = { lost: false };
  const done = sql.begin(async (tx): Promise<T> => {
    try {
      const result = await work(tx);
      return state.lost ? await never() : result;
    } catch (error) {
      if (state.lost || isLost(error)) return await never();
      throw error;
    }
  });
  const result: Promise<unknown> = done.catch((error: unknown) => {
    state.lost = true;
    throw error;
  });
  return result.then(() => done).then(unwrapped<T>);
}

/** `begin` unwraps lists of promises; what is passed here is no promise. */
function unwrapped<T>(value: unknown): T;
function unwrapped(value: unknown): unknown {
  return value;
}

/** The transaction has failed already when the connection did; nobody waits for this. */
function never(): Promise<never> {
  return new Promise(() => undefined);
}

function isLost(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && LOST.test(error.code);
}
