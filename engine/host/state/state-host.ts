import { parseJson, stringifyJson } from '#engine/flow/json.ts';
import type { HostState } from '#engine/run/ports.ts';
import type { Sql } from '../database.ts';
import { pgArray } from '../pg-array.ts';
import { approval } from './approval.ts';
import { readCheckpoint } from './checkpoints.ts';
import { claim } from './claim.ts';
import { coalesce } from './coalesce.ts';
import { callFlow, type FlowCallOptions } from './flow-call.ts';
import type { Lookups } from './lookups.ts';
import { publish, type PublishOptions } from './publish.ts';
import type { Replies } from './replies.ts';
import type { Asking, StateRun } from './state-run.ts';
import { wakeRuns, type Ring } from './wake-runs.ts';
import { xrefGet, xrefPut } from './xref.ts';

export interface StateHostOptions extends FlowCallOptions, PublishOptions {
  sql: Sql;
  lookups: Lookups;
  replies: Replies;
  ring: Ring;
}

/** What the installation keeps for flows, as one attempt of one run sees it. */
export interface RunState {
  of(nodeId: string): HostState;
  /** The flow has answered whoever waits for its event. */
  readonly responded: boolean;
  /**
   * Whether something this attempt waits for has come while the run was being written down as waiting. A wake in that moment finds
   * no waiting run, so the run asks once more itself, after the write.
   */
  answeredMeanwhile(): Promise<boolean>;
}

export interface StateHost {
  open(run: StateRun): RunState;
}

/** The Postgres side of the state port. Every operation may be repeated with the same record key, and answers the same. */
export function createStateHost(options: StateHostOptions): StateHost {
  const { sql, lookups, replies, ring } = options;
  return {
    open(run) {
      const openCalls = new Set<string>();
      const openApprovals = new Set<string>();
      let responded = false;
      const inTurn = turns();
      const asks = <R, A>(nodeId: string, work: (asking: Asking, request: R) => Promise<A>) => async (request: R): Promise<A> => {
        run.alive();
        return work({ run, nodeId, sql }, request);
      };
      return {
        of: (nodeId) => ({
          claim: asks(nodeId, claim),
          coalesce: asks(nodeId, (asking, request) => inTurn(`${nodeId} ${request.key}`, () => coalesce(asking, request, (runIds) => wakeRuns(sql, runIds, ring)))),
          xrefGet: asks(nodeId, (_asking, request) => xrefGet(sql, run.retailerId, request)),
          xrefPut: asks(nodeId, (asking, request) => xrefPut(asking, request, sql)),
          lookup: asks(nodeId, (_asking, request) => lookups.find(run.retailerId, request)),
          approval: asks(nodeId, (asking, request) => approval(asking, request, (id) => openApprovals.add(id))),
          callFlow: asks(nodeId, (asking, request) => callFlow(asking, request, { ...options, open: (eventId) => openCalls.add(eventId) })),
          publish: asks(nodeId, (asking, request) => publish(asking, request, options)),
          respond: asks(nodeId, async (_asking, { status, headers, body }) => {
            responded = true;
            await replies.respond(run, { outcome: 'responded', status, headers, body: stringifyJson(body), code: null });
          }),
          readCheckpoint: asks(nodeId, async (_asking, name) => {
            const known = await readCheckpoint(sql, { flowId: run.flowId, environment: run.environment, name });
            const marked = run.marked(name);
            return marked === undefined ? known : { value: parseJson(marked), version: (known?.version ?? 0) + 1 };
          }),
        }),
        get responded() {
          return responded;
        },
        async answeredMeanwhile() {
          if (openCalls.size + openApprovals.size === 0) return false;
          const [row] = await sql<{ answered: boolean }[]>`
            select exists (select from reply where event_id = any(${pgArray([...openCalls])}::uuid[]))
              or exists (select from approval where id = any(${pgArray([...openApprovals])}::uuid[]) and state <> 'open') as answered`;
          return row?.answered === true;
        },
      };
    },
  };
}

/** Work under one name is done one after the other: of two records of an event with the same key, the later one is the latest. */
function turns() {
  const last = new Map<string, Promise<unknown>>();
  return <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const before = last.get(name);
    const mine = (before ? before.then(work, work) : work()).finally(() => {
      if (last.get(name) === mine) last.delete(name);
    });
    last.set(name, mine);
    return mine;
  };
}
