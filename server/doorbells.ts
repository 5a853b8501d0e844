import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Pool, Tx } from './database.ts';

/** Queues of the engine that the web process may ring. Payloads carry ids only. */
export interface Doorbells {
  /** Wakes a worker for a lane; a lane that has a bell waiting gets no second one. */
  ringLane(tx: Tx, lane: { flowId: string; lane: number; retailerId: string }): Promise<void>;
  startTest(tx: Tx, test: { testRunId: string }): Promise<void>;
  testConnection(tx: Tx, test: { testRunId: string }): Promise<void>;
  close(): Promise<void>;
}

/** Sends through pg-boss in the caller's transaction: the bell rings when the row it is about commits, or not at all. */
export function openDoorbells(pool: Pool): Doorbells {
  const boss = new PgBoss({
    db: fromDrizzle(pool.db, sql),
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  boss.on('error', () => undefined);
  let started: Promise<unknown> | null = null;

  const send = async (tx: Tx, job: { queue: string; data: object; key?: string; group?: string }) => {
    started ??= boss.start().catch((error: unknown) => {
      started = null;
      throw error;
    });
    await started;
    await boss.send(job.queue, job.data, {
      db: fromDrizzle(tx.db, sql),
      ...(job.key === undefined ? {} : { singletonKey: job.key }),
      ...(job.group === undefined ? {} : { group: { id: job.group } }),
    });
  };

  return {
    ringLane: (tx, { flowId, lane, retailerId }) =>
      send(tx, { queue: 'lane', data: { flowId, lane }, key: `${flowId}/${lane}`, group: retailerId }),
    startTest: (tx, data) => send(tx, { queue: 'test-run', data }),
    testConnection: (tx, data) => send(tx, { queue: 'connection-test', data }),
    async close() {
      if (started !== null) await boss.stop({ graceful: false, close: false }).catch(() => undefined);
    },
  };
}
