import { PgBoss } from 'pg-boss';
import type { Log } from './log.ts';

/** pg-boss on the queues the migration made. Only a scheduler looks after them. */
export async function startBoss(url: string, options: { log: Log; scheduler: boolean }): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: url,
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
