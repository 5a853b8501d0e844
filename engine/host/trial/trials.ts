import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Sql } from '../database.ts';
import type { Pools } from '../egress/pools.ts';
import type { Log } from '../log.ts';
import { runTrial, type Trial, type TrialPorts } from './run-trial.ts';
import { testConnection } from './test-connection.ts';

export interface TrialsOptions extends TrialPorts {
  boss: PgBoss;
  sql: Sql;
  log: Log;
  pools: Pools;
}

interface Row {
  id: string;
  retailer_id: string;
  flow_id: string;
  doc: string;
  trigger_node_id: string;
  body: string;
  send_writes: boolean;
  until_node_id: string | null;
  only_node_id: string | null;
}

const jobSchema = z.object({ testRunId: z.uuid() });
const CONNECTION = 'connection:';
const AT_ONCE = 4;
/** In case a notice was lost. */
const LOOK_SECONDS = 3;

/** Serves the queues `test-run` and `connection-test`; answers are written into test_run. */
export async function startTrials(options: TrialsOptions): Promise<{ stop(): Promise<void> }> {
  const { boss } = options;
  const serve = (queue: string) =>
    boss.work<unknown>(queue, { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: LOOK_SECONDS, localConcurrency: AT_ONCE }, async (jobs) => {
      for (const job of jobs) {
        const read = jobSchema.safeParse(job.data);
        if (read.success) await perform(read.data.testRunId, options);
      }
    });
  const queues = ['test-run', 'connection-test'];
  const works = await Promise.all(queues.map(serve));
  return {
    async stop() {
      await Promise.all(works.map((id, at) => boss.offWork(queues[at] ?? '', { id, wait: false })));
    },
  };
}

async function perform(id: string, options: TrialsOptions): Promise<void> {
  const { sql, log } = options;
  const [row] = await sql<Row[]>`
    update test_run set state = 'running' where id = ${id} and state in ('queued', 'running')
    returning id, retailer_id, flow_id, doc, trigger_node_id, body, send_writes, until_node_id, only_node_id`;
  if (!row) return;
  let state: 'done' | 'failed' = 'done';
  let result: object;
  try {
    result = row.trigger_node_id.startsWith(CONNECTION)
      ? await testConnection({ id: row.trigger_node_id.slice(CONNECTION.length), retailerId: row.retailer_id }, options)
      : await runTrial(trialOf(row), options);
  } catch (error) {
    log.error({ err: error, testRunId: id }, 'a test run broke');
    state = 'failed';
    result = { state: 'failed', ok: false, code: 'internal', durationMs: 0, steps: [], failure: { code: 'internal', message: 'The test broke.' } };
  }
  const text = JSON.stringify(result).replaceAll('\\u0000', '\\ufffd');
  await sql`update test_run set state = ${state}, result = ${text}, finished_at = now() where id = ${id}`;
}

function trialOf(row: Row): Trial {
  return {
    id: row.id, retailerId: row.retailer_id, flowId: row.flow_id, doc: row.doc, triggerNodeId: row.trigger_node_id, body: row.body, sendWrites: row.send_writes,
    untilNodeId: row.until_node_id, onlyNodeId: row.only_node_id,
  };
}
