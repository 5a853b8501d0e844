import type { Sql } from './database.ts';
import type { RunWrite } from './journal/run-write.ts';
import type { Log } from './log.ts';

const INTERVAL_MS = 200;

export interface RunNotices {
  /** These runs changed. */
  note(writes: readonly RunWrite[]): void;
  stop(): void;
}

/** Tells open run logs which retailers have news (`weft_run`): at most five times a second, whatever the load. */
export function createRunNotices(sql: Sql, log: Log): RunNotices {
  let changed = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | null = null;

  async function tell(): Promise<void> {
    timer = null;
    const payloads = [...changed].map(([partnerId, retailers]) => JSON.stringify({ p: partnerId, r: [...retailers].slice(0, 150) }));
    changed = new Map();
    try {
      await sql`select pg_notify('weft_run', payload) from unnest(${payloads}::text[]) as p (payload)`;
    } catch (error) {
      log.debug({ err: error }, 'run notices were lost');
    }
  }

  return {
    note(writes) {
      for (const { head } of writes) {
        const retailers = changed.get(head.partnerId);
        if (retailers) retailers.add(head.retailerId);
        else changed.set(head.partnerId, new Set([head.retailerId]));
      }
      if (writes.length > 0) timer ??= setTimeout(() => void tell(), INTERVAL_MS);
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
}
