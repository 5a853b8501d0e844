import type { Flows } from '../config/flows.ts';
import type { Sql } from '../database.ts';
import type { Accepted, NewEvent } from '../inbox/accept-events.ts';
import type { Log } from '../log.ts';
import { createLookups, type Lookups } from './lookups.ts';
import { createReplies, type Replies } from './replies.ts';
import { createStateHost, type StateHost } from './state-host.ts';
import { startSweep } from './sweep-state.ts';
import { createTopics, type Topics } from './topics.ts';
import type { Ring } from './wake-runs.ts';

export interface StateOptions {
  sql: Sql;
  log: Log;
  flows: Flows;
  ring: Ring;
  accept(event: NewEvent): Promise<Accepted>;
  anyLane(flowId: string, lanes: number): number;
}

/** What the installation keeps for flows, with its caches. */
export interface State {
  host: StateHost;
  replies: Replies;
  /** What a test run may read. */
  sources: { sql: Sql; lookups: Lookups; topics: Topics };
  /** A row of a table of configuration changed (`weft_config`); null: anything may have. */
  changed(change: { table: string; id: string } | null): void;
  stop(): Promise<void>;
}

export async function startState(options: StateOptions): Promise<State> {
  const { sql, log, flows, ring } = options;
  const lookups = createLookups(sql);
  const topics = createTopics(sql, flows);
  const replies = await createReplies({ sql, log, ring });
  const sweep = startSweep(sql, log);
  return {
    host: createStateHost({ ...options, lookups, topics, replies }),
    replies,
    sources: { sql, lookups, topics },
    changed(change) {
      if (!change) lookups.forgetAll();
      else if (change.table === 'lookup_table') lookups.forget(change.id);
      if (!change || change.table === 'live_version') topics.forgetAll();
    },
    async stop() {
      sweep.stop();
      await replies.stop();
    },
  };
}
