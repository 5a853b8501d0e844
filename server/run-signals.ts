import type { Pool } from './database.ts';

/** Runs of these retailers changed. */
export interface RunNotice {
  partnerId: string;
  retailerIds: string[];
}

/** Null: the connection was lost for a while, anything may have changed. */
type Listener = (notice: RunNotice | null) => void;

export interface RunSignals {
  /** @returns how to leave again. */
  subscribe(listener: Listener): Promise<() => void>;
  close(): Promise<void>;
}

/**
 * One LISTEN connection per process, opened with the first subscriber and closed after the last. Every subscriber
 * hears every notice and keeps what is in its scope. postgres.js listens anew by itself after a lost connection.
 */
export function createRunSignals(sql: Pool['sql']): RunSignals {
  const listeners = new Set<Listener>();
  let listening: Promise<{ unlisten(): Promise<void> }> | null = null;

  const tell = (notice: RunNotice | null) => {
    for (const listener of listeners) listener(notice);
  };
  const start = async () => {
    listening ??= sql.listen('weft_run', (payload) => onPayload(payload, tell), () => tell(null));
    try {
      await listening;
    } catch (error) {
      listening = null;
      throw error;
    }
  };
  const stop = async () => {
    const current = listening;
    listening = null;
    // A connection that is gone already needs no goodbye.
    await current?.then((subscription) => subscription.unlisten()).catch(() => undefined);
  };

  return {
    async subscribe(listener) {
      listeners.add(listener);
      try {
        await start();
      } catch (error) {
        listeners.delete(listener);
        throw error;
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) void stop();
      };
    },
    async close() {
      listeners.clear();
      await stop();
    },
  };
}

/** A payload that is not ours is passed over; a notice is a hint, never worth an error. */
function onPayload(payload: string, tell: (notice: RunNotice) => void): void {
  try {
    const read: unknown = JSON.parse(payload);
    if (typeof read !== 'object' || read === null || !('p' in read) || !('r' in read)) return;
    if (typeof read.p !== 'string' || !Array.isArray(read.r)) return;
    tell({ partnerId: read.p, retailerIds: read.r.filter((id): id is string => typeof id === 'string') });
  } catch {
    return;
  }
}
