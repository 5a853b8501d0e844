import { PgBoss } from 'pg-boss';
import type { Log } from './log.ts';

/** pg-boss on the queues the migration made. Only a scheduler looks after them and fires cron. */
export async function startBoss(url: string, options: { log: Log; scheduler: boolean }): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
    application_name: 'weft-engine-boss',
    max: 4,
    migrate: false,
    createSchema: false,
    registerInstance: false,
    supervise: options.scheduler,
    schedule: options.scheduler,
    // Finer than the default 30 s, so that a minute's firing comes in its first seconds.
    cronMonitorIntervalSeconds: 5,
    cronWorkerIntervalSeconds: 1,
    reindex: false,
    useListenNotify: true,
  });
  // Without a listener an idle connection's error would end the process.
  boss.on('error', (error) => options.log.warn({ err: error }, 'pg-boss'));
  boss.on('warning', (warning) => options.log.debug({ warning: warning.message }, 'pg-boss'));
  await boss.start();
  return boss;
}
