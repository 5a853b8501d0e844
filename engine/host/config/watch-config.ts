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

/** Listens for changed configuration and drops what it made stale. A connection lost and found again drops everything. */
export async function watchConfig(sql: Sql, options: { caches: Caches; log: Log; changed(flowId: string | null): void }): Promise<{ stop(): Promise<void> }> {
  const { caches, log, changed } = options;
  const listening = await sql.listen(
    'weft_config',
    (payload) => {
      const change = changeSchema.safeParse(tryJson(payload));
      if (!change.success) return void log.warn({ payload }, 'a configuration notice could not be read');
      const { table, id } = change.data;
      caches.state.changed(change.data);
      if (table === 'lookup_table') return;
      const ofConnection = table === 'connection' || table === 'credential';
      if (ofConnection) caches.connections.forget(id);
      else caches.flows.forget(id);
      caches.endpoints.forgetAll();
      changed(ofConnection ? null : id);
    },
    () => {
      caches.state.changed(null);
      caches.connections.forgetAll();
      caches.flows.forgetAll();
      caches.endpoints.forgetAll();
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
