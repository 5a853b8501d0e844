import { PgBoss, type Queue } from 'pg-boss';

/** All queues, made here because only the owner may; processes find them and never create any. */
const queues: (Queue & { name: string })[] = [
  // Doorbells: { flowId, lane }, singletonKey '<flowId>/<lane>'. `short` keeps one bell waiting per lane. A table of its own: this queue
  // turns over hundreds of rows a second, and has fewer indexes there. Finished bells tell nobody anything.
  { name: 'lane', policy: 'short', notify: true, partition: true, expireInSeconds: 60, retryLimit: 100, deleteAfterSeconds: 60 },
  // The same bell at a later time (a waiting retry).
  { name: 'lane-timer', policy: 'short', expireInSeconds: 60, retryLimit: 100, deleteAfterSeconds: 60 },
  { name: 'test-run', notify: true, expireInSeconds: 120, retryLimit: 1, deleteAfterSeconds: 3600 },
  { name: 'connection-test', notify: true, expireInSeconds: 60, retryLimit: 0, deleteAfterSeconds: 3600 },
];

/** Installs or updates pg-boss's schema as its owner, then its queues. Repeatable. */
export async function installQueues(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, max: 2, supervise: false, schedule: false, registerInstance: false });
  // Without a listener an idle connection's error would end the process.
  boss.on('error', () => {});
  await boss.start();
  try {
    for (const { name, ...options } of queues) {
      const found = await boss.getQueue(name);
      if (!found) {
        await boss.createQueue(name, options);
        continue;
      }
      const { policy: _policy, partition: _partition, ...changeable } = options;
      await boss.updateQueue(name, changeable);
    }
  } finally {
    await boss.stop({ graceful: false, close: true });
  }
}
