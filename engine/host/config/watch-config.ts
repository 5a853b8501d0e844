import { z } from 'zod';
import type { Sql } from '../database.ts';
import type { Log } from '../log.ts';
import type { Connections } from './connections.ts';
import type { Endpoints } from './endpoints.ts';
import type { State } from '../state/start-state.ts';
import type { Flows } from './flows.ts';

const changeSchema = z.object({ table: z.string(), id: z.string() });

interface Caches {
  flows: Flows;
  connections: Connections;
  endpoints: Endpoints;
  state: Pick<State, 'changed'>;
}

interface WatchOptions {
  caches: Caches;
  log: Log;
  /** A flow, or anything (null), may run differently from now on. */
  changed(flowId: string | null): void;
  /** How a connection fares has changed; null: any may have. */
  healthChanged(connectionId: string | null): void;
}

/** Listens for changed configuration and drops what it made stale. A connection lost and found again drops everything. */
export async function watchConfig(sql: Sql, options: WatchOptions): Promise<{ stop(): Promise<void> }> {
  const { caches, log, changed, healthChanged } = options;
  const listening = await sql.listen(
    'weft_config',
    (payload) => {
      const change = changeSchema.safeParse(tryJson(payload));
      if (!change.success) return void log.warn({ payload }, 'a configuration notice could not be read');
      const { table, id } = change.data;
      caches.state.changed(change.data);
      if (table === 'lookup_table') return;
      if (table === 'connection_health') return healthChanged(id);
      const ofConnection = table === 'connection' || table === 'credential';
      if (ofConnection) caches.connections.forget(id);
      // A retailer's cap is remembered with each of its flows.
      else if (table === 'retailer') caches.flows.forgetAll();
      else caches.flows.forget(id);
      caches.endpoints.forgetAll();
      changed(ofConnection || table === 'retailer' ? null : id);
    },
    () => {
      caches.state.changed(null);
      caches.connections.forgetAll();
      caches.flows.forgetAll();
      caches.endpoints.forgetAll();
      healthChanged(null);
      changed(null);
    },
  );
  return { stop: () => listening.unlisten() };
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
