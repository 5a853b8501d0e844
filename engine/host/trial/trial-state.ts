import { stringifyJson, type Json } from '#engine/flow/json.ts';
import type { HostState } from '#engine/run/ports.ts';
import type { Sql } from '../database.ts';
import { readCheckpoint } from '../state/checkpoints.ts';
import type { Lookups } from '../state/lookups.ts';
import type { Topics } from '../state/topics.ts';
import { xrefGet } from '../state/xref.ts';

/** What a test run may read of the installation's state. */
export interface TrialSources {
  sql: Sql;
  lookups: Lookups;
  topics: Topics;
}

interface Of {
  retailerId: string;
  flowId: string;
  /** Told what would have been done, as a line of the step's log. */
  note(nodeId: string, line: string): void;
}

const ENVIRONMENT = 'production';
const LONGEST_NOTE = 500;

/** The state port of a test run: reads are real, writes are only told, and nobody is waited for. */
export function trialState(sources: TrialSources, of: Of): (nodeId: string) => HostState {
  const { sql, lookups, topics } = sources;
  const claimed = new Set<string>();
  return (nodeId) => {
    const held = (what: string, data?: Json) => {
      const tail = data === undefined ? '' : ` ${stringifyJson(data)}`;
      of.note(nodeId, `held: ${what}${tail}`.slice(0, LONGEST_NOTE));
    };
    return {
      async claim({ entries }) {
        return entries.map(({ key }) => {
          const name = `${nodeId} ${key}`;
          const isFirst = !claimed.has(name);
          claimed.add(name);
          return isFirst;
        });
      },
      coalesce: async () => ({ state: 'pass' }),
      xrefGet: (request) => xrefGet(sql, of.retailerId, request),
      async xrefPut({ entity, left, right, pairs }) {
        for (const { leftId, rightId } of pairs) held(`cross-reference ${entity}: ${left} ${leftId} = ${right} ${rightId}`);
      },
      lookup: (request) => lookups.find(of.retailerId, request),
      async approval() {
        return { state: 'approved', by: 'test', note: '', at: Date.now() };
      },
      async callFlow({ flowId, data }) {
        held(`call of flow ${flowId}`, data);
        return { state: 'answered', status: 200, data: null };
      },
      async publish({ topic, data }) {
        const listeners = await topics.listeners({ retailerId: of.retailerId, environment: ENVIRONMENT, topic });
        held(`event ${topic}, listeners: ${listeners.length}`, data);
        return { state: 'published', listeners: listeners.length };
      },
      async respond({ status, body }) {
        held(`answer ${status}`, body);
      },
      readCheckpoint: (name) => readCheckpoint(sql, { flowId: of.flowId, environment: ENVIRONMENT, name }),
    };
  };
}
