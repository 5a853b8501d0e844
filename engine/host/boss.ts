import { PgBoss } from 'pg-boss';
import type { Log } from './log.ts';

/** A half-open connection must not keep the doorbells waiting: the statement fails, and its connection is thrown away. */
const LIVELY = { query_timeout: 15_000, connectionTimeoutMillis: 5_000, keepAlive: true };

/** pg-boss on the queues the migration made. Only a scheduler looks after them. */
export async function startBoss(url: string, options: { log: Log; scheduler: boolean }): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    ...LIVELY,
    application_name: 'weft-engine-boss',
    max: 4,
    migrate: false,
    createSchema: false,
    registerInstance: false,
    supervise: options.scheduler,
    schedule: false,
    reindex: false,
    useListenNotify: true,
  });
  // Without a listener an idle connection's error would end the process.
  boss.on('error', (error) => options.log.warn({ err: error }, 'pg-boss'));
  boss.on('warning', (warning) => options.log.debug({ warning: warning.message }, 'pg-boss'));
  await boss.start();
  return boss;
}
