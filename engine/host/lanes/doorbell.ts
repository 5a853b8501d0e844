import type { PgBoss } from 'pg-boss';
import type { LaneId } from './lease.ts';

/** A transaction, as far as pg-boss needs it to send within. */
export interface Executor {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/**
 * Rings lanes: one job each in queue `lane` (at once, wakes the workers by NOTIFY) or `lane-timer` (later). A lane with a bell
 * waiting gets no second one. With `db` the bell is part of the caller's transaction.
 */
export async function ringLanes(
  boss: PgBoss,
  lanes: readonly (LaneId & { retailerId: string })[],
  options: { at?: number; db?: Executor } = {},
): Promise<void> {
  if (lanes.length === 0) return;
  const { at, db } = options;
  const jobs = lanes.map(({ flowId, lane, retailerId }) => ({
    data: { flowId, lane },
    singletonKey: `${flowId}/${lane}`,
    group: { id: retailerId },
    ...(at === undefined ? {} : { startAfter: new Date(at) }),
  }));
  await boss.insert(at === undefined ? 'lane' : 'lane-timer', jobs, db ? { db } : {});
}
